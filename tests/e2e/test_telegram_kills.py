"""Newcomers and guides at work on Telegram while the bots are killed and the net fails: ledgers balance."""

import random
from collections import Counter
from dataclasses import dataclass, field

import pytest
from sqlalchemy import func, select, text

from bot.doors import TEAM_TELEGRAM, TELEGRAM
from casework.cases import Status
from casework.tallies import TABLES
from casework.team import Role
from storage import Database, Store
from storage.outbox import SENT
from storage.tables import metadata
from storage.tables.outbox import outbox
from tests.e2e.bots import NEWCOMERS, TEAM, Bots
from tests.e2e.crowd import Crowd, Phone, guides_pace, newcomers_pace
from tests.e2e.ledgers import came_to, copies, keep_what_is_said, said_to
from tests.e2e.stories import LETTERS, GuidesWork, newcomer
from tests.e2e.trouble import Trouble
from tests.telegram.bot_api import BotApi
from tests.telegram.calls import faults_of

AT_ONCE = 12
"""Newcomers who are on their way at the same time."""

NOBODY_DOES_ANYTHING = 90.0
"""Seconds after which something hangs: a start on a busy machine takes ten."""

OF_CONTACTS = {"contacts", "contact_languages", "contact_outcomes"}


@dataclass(slots=True, kw_only=True)
class Told:
    """What people did, for the ledgers."""

    crowd: Crowd
    trouble: Trouble
    quiet: Counter[tuple[str, ...]]
    """What one newcomer counts for on a quiet day."""
    names: dict[int, str] = field(default_factory=dict)
    """The newcomers' chats."""

    @property
    def deleted(self) -> list[int]:
        return [chat for chat, name in self.names.items() if deletes(name)]


def deletes(name: str) -> bool:
    """Every fourth newcomer deletes everything in the end."""
    return int(name) % 4 == 3


def go_through(bots: Bots, api: BotApi, *, kills: int, seed: int) -> Told:
    """Newcomers come until it was killed so often; then nothing goes wrong any more, and all end well."""
    keep_what_is_said(bots)
    starts = [bots.invite_to_chat(Role.GUIDE, f"invitation-{number}") for number in range(2)]
    crowd, names = Crowd(api), dict[int, str]()
    bots.start()
    for number, start in enumerate(starts):
        me = Phone(api.person(TEAM, name=f"Guide {number}", language="de"), guides_pace())
        crowd.join(me, GuidesWork(me).story(start))
    come(crowd, api, names)
    crowd.play(lambda: not crowd.busy(NEWCOMERS), NOBODY_DOES_ANYTHING)
    assert bots.stop() == 0
    told = Told(
        crowd=crowd,
        quiet=bots.inside(counted),
        names=names,
        trouble=Trouble(bots, api, random.Random(seed), kills),
    )
    bots.start()
    with_trouble(told, api)
    api.faults.lift()
    crowd.play(lambda: not crowd.busy(NEWCOMERS), NOBODY_DOES_ANYTHING)
    bots.wait_until(lambda: not bots.waiting_in_outbox())
    assert bots.stop() == 0
    return told


def with_trouble(told: Told, api: BotApi) -> None:
    crowd, trouble = told.crowd, told.trouble

    def over() -> bool:
        trouble.step()
        if crowd.busy(NEWCOMERS) < AT_ONCE and trouble.kills:
            come(crowd, api, told.names)
        return not trouble.kills

    crowd.play(over, NOBODY_DOES_ANYTHING)


def come(crowd: Crowd, api: BotApi, names: dict[int, str]) -> None:
    me = Phone(api.person(NEWCOMERS, language="en"), newcomers_pace())
    name = names[me.person.chat] = str(len(names))
    crowd.join(me, newcomer(me, name, deletes=deletes(name)))


def counted(store: Store) -> Counter[tuple[str, ...]]:
    """Every figure there is, whichever month."""
    rows = (tally for table in TABLES for tally in store.tallies.rows(table))
    figures = Counter[tuple[str, ...]]()
    for row in rows:
        figures[row.cell.table, *row.cell.keys] += row.count
    return figures


def check_messages_were_handled_once(bots: Bots, api: BotApi, told: Told) -> None:
    """Every message that was sent is noted as seen, none is left, and letters are there once and in order."""
    sent = Counter(dict.fromkeys((NEWCOMERS, TEAM), 0))
    for phone in told.crowd.phones.values():
        sent[phone.person.token] += phone.done
    assert {token: len(api.unconfirmed(token)) for token in sent} == {NEWCOMERS: 0, TEAM: 0}
    with bots.opened() as database:
        assert seen_updates(database) == {TELEGRAM: sent[NEWCOMERS], TEAM_TELEGRAM: sent[TEAM]}
    for chat, name in told.names.items():
        letters = bots.inside(lambda store, chat=chat: letters_of(store, chat))  # type: ignore[misc]
        expected = ([], []) if chat in told.deleted else letters_told(name)
        assert letters == expected, name


def letters_told(name: str) -> tuple[list[str], list[str]]:
    written = [f"letter {name}-{number}" for number in range(LETTERS)]
    return [*written, f"thanks {name}"], [f"answer to {name}-{number}" for number in range(LETTERS)]


def letters_of(store: Store, chat: int) -> tuple[list[str], list[str]]:
    """The newcomer's in order; the guide's sorted: where the bot had to ask, a later one may be first."""
    account = store.accounts.find(TELEGRAM, str(chat))
    case = store.cases.of_account(account.id) if account is not None else None
    if case is None:
        return [], []
    letters = store.letters.of_case(case.id)
    mine = [letter.text for letter in letters if letter.author == "newcomer"]
    return mine, sorted(letter.text for letter in letters if letter.author == "guide")


def seen_updates(database: Database) -> dict[str, int]:
    table = metadata.tables["updates"]
    with database.begin() as connection:
        rows = connection.execute(select(table.c.door, func.count()).group_by(table.c.door)).all()
    return {door: count for door, count in rows if door in (TELEGRAM, TEAM_TELEGRAM)}


def check_figures_counted_once(bots: Bots, told: Told) -> None:
    """As many times what one newcomer counts for; who writes once more after the end is one contact more."""
    found, people = bots.inside(counted), len(told.names)
    ordinary = {cell: n for cell, n in found.items() if cell[0] not in OF_CONTACTS}
    assert ordinary == {cell: n * people for cell, n in told.quiet.items() if cell[0] not in OF_CONTACTS}
    contacts = sum(n for cell, n in found.items() if cell[0] == "contacts")
    assert contacts == people + len(told.deleted)


def check_cases(bots: Bots, api: BotApi, told: Told) -> None:
    """One for each newcomer, and no two guides were told that it is theirs."""
    people = len(told.names)

    def statuses(store: Store) -> Counter[str]:
        cases = [store.cases.by_number(number) for number in range(1, people + 2)]
        return Counter("none" if case is None else str(case.status) for case in cases)

    gone = len(told.deleted)
    assert bots.inside(statuses) == {str(Status.DONE): people - gone, "none": gone + 1}
    owners = Counter[str]()
    for came in came_to(api.calls(TEAM), told.trouble.lives).values():
        texts = {each.look[0] for each in came}
        owners.update({text.split()[1] for text in texts if "gehört jetzt Ihnen" in text})
    assert owners == {str(number): 1 for number in range(1, people + 1)}


def check_everything_was_said(bots: Bots, api: BotApi, told: Told) -> None:
    """Everything the outbox ever held came, in order, and a copy only where the bot could not know better."""
    with bots.opened() as database, database.begin() as connection:
        assert connection.execute(select(outbox.c.state).where(outbox.c.state != SENT)).all() == []
    extra = Counter[str]()
    for token in (NEWCOMERS, TEAM):
        calls = api.calls(token)
        assert faults_of(call for call in calls if call.ok) == []
        came = came_to(calls, told.trouble.lives)
        for chat, said in said_to(bots, token, came).items():
            extra[token] += copies(said, came[chat])
    print(f"{len(told.names)} newcomers, faults {dict(told.trouble.faults)}, copies {dict(extra)}")  # noqa: T201
    assert '"error"' not in bots.logs
    for word in (NEWCOMERS.partition(":")[2], TEAM.partition(":")[2], "letter", "answer to", "Guide 0"):
        assert word not in bots.logs


def check_the_ledgers(bots: Bots, api: BotApi, told: Told) -> None:
    check_messages_were_handled_once(bots, api, told)
    check_figures_counted_once(bots, told)
    check_cases(bots, api, told)
    check_everything_was_said(bots, api, told)
    with bots.opened() as database:
        assert database.check() == ()


KILLS = pytest.mark.parametrize("kills", [5, pytest.param(50, marks=pytest.mark.long)], ids=["short", "long"])


@KILLS
def test_the_ledgers_balance_after_kills_on_sqlite(bots: Bots, bot_api: BotApi, kills: int) -> None:
    check_the_ledgers(bots, bot_api, go_through(bots, bot_api, kills=kills, seed=20261125))


@pytest.mark.parametrize("kills", [3, pytest.param(50, marks=pytest.mark.long)], ids=["short", "long"])
def test_the_ledgers_balance_after_kills_on_postgresql(
    bots: Bots, bot_api: BotApi, postgres_url: str, kills: int
) -> None:
    empty(postgres_url)
    bots.extra = {"KURZE_WEGE_DATABASE_URL": postgres_url}
    check_the_ledgers(bots, bot_api, go_through(bots, bot_api, kills=kills, seed=20261126))


def empty(url: str) -> None:
    """The database as it was before another test of this module."""
    database = Database.at_server(url)
    with database.begin() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS vault CASCADE"))
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    database.close()
