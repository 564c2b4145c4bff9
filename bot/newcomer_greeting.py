"""What a messenger's bot says before its answer: an apology, what was missed, an honest word, or nothing."""

from collections.abc import Iterator
from datetime import timedelta

from bot.house import House
from bot.newcomer_turn import Arrival
from bot.posts import Part
from dialogs.conversation import Conversation
from dialogs.messages import Choice, Reply
from storage.accounts import Account
from storage.letters import GUIDE
from storage.store import Store

LATE = timedelta(hours=1)
"""So old a message was not answered in time: we were away."""


def greeting(
    house: House,
    store: Store,
    arrival: Arrival,
    account: Account,
    before: Conversation | None,
    after: Conversation,
) -> Iterator[Part]:
    """Messages that stand before the answer, in their order; only where people are written to."""
    if not arrival.pushed:
        return
    if arrival.late and not _was_heard_lately(house, before):
        yield Part(reply=Reply(key="telegram.late"))
    if account.unreachable:
        yield from missed(store, account.id)
    if after.guest and (before is None or before.language != after.language):
        yield Part(reply=_notice(house.web_address(arrival.town.id)))


def _was_heard_lately(house: House, before: Conversation | None) -> bool:
    """Of several messages that have waited only the first is answered with an apology."""
    heard = before.heard_at if before is not None else None
    return heard is not None and house.clock() - heard < LATE


def missed(store: Store, account_id: str) -> Iterator[Part]:
    """What a guide wrote and the person has not seen."""
    case = store.cases.of_account(account_id)
    for letter in store.letters.of_case(case.id) if case is not None else ():
        if letter.author == GUIDE and letter.picked_up_at is None:
            yield Part(letter=letter.text)


def _notice(web: str) -> Reply:
    """What a messenger means for a person's words: before the first answer, and in their language."""
    if not web:
        return Reply(key="telegram.notice.alone")
    return Reply(key="telegram.notice", choices=(Choice(id=web, key="telegram.notice.web"),))
