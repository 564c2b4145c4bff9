"""Someone leaves fast, the phone is in other hands, and what was kept can only be erased from it."""

from collections.abc import Callable

from bot.doors import WEB
from tests.doors import Page
from tests.e2e.people import QUESTIONS, TO_CONSENT, Newcomer
from tests.e2e.product import Product

GOODBYE = "Everything about you has been deleted"
FIRST_SCREEN = "Which language would you like?"


def test_after_the_quick_exit_deleting_erases_the_former_conversation(
    product: Product, newcomer: Callable[[], Newcomer]
) -> None:
    product.start()
    person = newcomer()
    person.tap(*TO_CONSENT, *QUESTIONS[:3])
    token = person.token
    assert person.client.post("/leave").status_code == 303
    assert FIRST_SCREEN in person.open().talk
    assert person.client.post("/return", data=person.form()).status_code != 303
    assert FIRST_SCREEN in person.open().talk, "nothing on the phone leads back"
    person.tap("/language en", "/delete")
    goodbye = person.client.post("/say", data=person.form(choice=person.button(".ask:yes")))
    assert GOODBYE in Page(goodbye.text).talk
    assert not person.client.cookies
    assert product.stop() == 0
    assert product.inside(lambda store: store.accounts.find(WEB, token)) is None
    assert product.inside(lambda store: len(store.protocols.all())) == 2
