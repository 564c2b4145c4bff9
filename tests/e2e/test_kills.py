"""Many newcomers write while the process is killed again and again: what was acknowledged is there, once."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select, text

from bot.doors import WEB
from storage import Database, Store
from storage.tables import casework, metadata, record, vault
from tests.e2e.people import TO_A_PERSON, Guide, Newcomer, hidden
from tests.e2e.product import PATIENCE, Product

NEWCOMERS = 12
BEFORE_LETTERS = len(TO_A_PERSON)


@dataclass(slots=True)
class Counter:
    """How many forms were acknowledged so far, for whoever waits for a certain one."""

    reached: threading.Condition = field(default_factory=threading.Condition)
    count: int = 0
    alive: threading.Event = field(default_factory=threading.Event)

    def one_more(self) -> None:
        with self.reached:
            self.count += 1
            self.reached.notify_all()

    def wait_for(self, count: int) -> None:
        with self.reached:
            assert self.reached.wait_for(lambda: self.count >= count, timeout=PATIENCE), self.count


def until_it_answers(counter: Counter, send: Callable[[], httpx.Response]) -> httpx.Response:
    """As a person does: no answer, so the same form again once the page can be reached."""
    for _ in range(1000):
        assert counter.alive.wait(PATIENCE)
        try:
            return send()
        except httpx.TransportError:
            continue
    raise AssertionError("it never answered")


def write(newcomer: Newcomer, number: int, letters: int, counter: Counter) -> list[str]:
    """The whole conversation of one newcomer; the texts of the acknowledged letters in order."""
    told = [f"letter {number}-{place}" for place in range(letters)]
    for step in (*TO_A_PERSON, *told):
        page = until_it_answers(counter, lambda: newcomer.client.get("/"))
        newcomer.read(page)
        form = newcomer.form(text=step) if step in told else newcomer.form(choice=newcomer.button(step))
        until_it_answers(counter, lambda form=form: newcomer.send(form))  # type: ignore[misc]
        counter.one_more()
    return told


def answer(guide: Guide, case: str, letters: int, counter: Counter) -> list[str]:
    """A guide who writes all the while; the texts in order."""
    told = [f"answer {place}" for place in range(letters)]
    for text_ in told:
        page = until_it_answers(counter, lambda: guide.client.get(case))
        form = hidden(page.text, f"{case}/schreiben") | {"text": text_}
        sent = until_it_answers(
            counter,
            lambda form=form: guide.client.post(f"{case}/schreiben", data=form),  # type: ignore[misc]
        )
        assert sent.status_code == 303
        counter.one_more()
    return told


def kill_again_and_again(product: Product, counter: Counter, moments: list[int], again: list[bool]) -> None:
    for moment, while_starting in zip(moments, again, strict=True):
        counter.wait_for(moment)
        counter.alive.clear()
        product.kill()
        if while_starting:
            product.launch()
            product.kill()
        product.start()
        counter.alive.set()


def go_through(product: Product, *, kills: int, letters: int, seed: int) -> list[tuple[str, list[str]]]:
    """Cookie and letters of every newcomer, after so many kills at moments that follow from the seed."""
    chance, counter = random.Random(seed), Counter()
    total = NEWCOMERS * (BEFORE_LETTERS + letters) + letters
    moments = sorted(chance.sample(range(1, total - NEWCOMERS), kills))
    print(f"seed {seed}: killed after {moments} of {total} forms")  # noqa: T201 - to run a failure again
    newcomers = [Newcomer(product.address) for _ in range(NEWCOMERS)]
    reader, guide = Newcomer(product.address), Guide(product.address)
    product.start()
    counter.alive.set()
    reader.tap(*TO_A_PERSON)
    guide.enter(product.invitation, "Anna Guide")
    (case,) = guide.cases().values()
    guide.post(case, f"{case}/uebernehmen")
    with ThreadPoolExecutor(NEWCOMERS + 1) as threads:
        answers = threads.submit(answer, guide, case, letters, counter)
        work = [threads.submit(write, each, n, letters, counter) for n, each in enumerate(newcomers)]
        again = [chance.random() < 0.2 for _ in moments]
        kill_again_and_again(product, counter, moments, again)
        told = [each.result(timeout=PATIENCE * 5) for each in work]
        told.append(answers.result(timeout=PATIENCE * 5))
    tokens = [each.token for each in (*newcomers, reader)]
    for each in (*newcomers, reader, guide):
        each.away()
    assert product.stop() == 0
    return list(zip(tokens, told, strict=True))


def letters_of(store: Store, token: str) -> list[str]:
    account = store.accounts.find(WEB, token)
    assert account is not None, "the cookie leads nowhere"
    case = store.cases.of_account(account.id)
    assert case is not None, "the case is lost"
    return [letter.text for letter in store.letters.of_case(case.id)]


def count_rows(database: Database) -> dict[str, int]:
    tables = (vault.accounts, casework.cases, casework.letters)
    with database.begin() as connection:
        counts = {
            t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in tables
        }
        handovers = select(func.sum(record.tallies.c.n)).where(record.tallies.c.name == "handovers")
        return counts | {"handovers": connection.execute(handovers).scalar_one()}


def check_everything_is_there_once(product: Product, told: list[tuple[str, list[str]]]) -> None:
    found = product.inside(lambda store: [letters_of(store, token) for token, _ in told])
    assert found == [texts for _, texts in told]
    with product.opened() as database:
        assert database.check() == ()
        assert count_rows(database) == {
            "accounts": len(told),
            "cases": len(told),
            "letters": sum(len(texts) for _, texts in told),
            "handovers": len(told),
        }


@pytest.mark.parametrize(
    ("kills", "letters"), [(5, 12), pytest.param(50, 60, marks=pytest.mark.long)], ids=["short", "long"]
)
def test_what_was_acknowledged_is_there_exactly_once_on_sqlite(
    product: Product, kills: int, letters: int
) -> None:
    check_everything_is_there_once(product, go_through(product, kills=kills, letters=letters, seed=20261123))


@pytest.mark.parametrize(
    ("kills", "letters"), [(3, 6), pytest.param(50, 60, marks=pytest.mark.long)], ids=["short", "long"]
)
def test_what_was_acknowledged_is_there_exactly_once_on_postgresql(
    product: Product, postgres_url: str, kills: int, letters: int
) -> None:
    database = Database.open(postgres_url, Path("unused"))
    with database.begin() as connection:
        connection.execute(text("; ".join(f"DELETE FROM {table}" for table in metadata.sorted_tables)))
    database.close()
    product.extra = {"KURZE_WEGE_DATABASE_URL": postgres_url}
    check_everything_is_there_once(product, go_through(product, kills=kills, letters=letters, seed=20261123))
