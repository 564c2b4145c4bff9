"""What the outbox ever held, kept by triggers of the test's own, and held against what came to people."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, MetaData, Row, select

from bot.channels.base import Bubble
from bot.delivery import Delivery
from bot.doors import TEAM_TELEGRAM, TELEGRAM
from bot.house import House
from bot.limits import Limits
from bot.newcomer_bubbles import bubbles_of
from bot.posts import Post
from bot.settings import Settings
from bot.team_door import TeamDoor
from bot.team_talk import TeamTalk
from bot.wiring import build_house, read_towns
from storage.keys import Keys
from storage.outbox import _PARCEL
from storage.tables.outbox import outbox
from storage.tables.vault import accounts
from tests.e2e.bots import NEWCOMERS, TEAM, Bots
from tests.e2e.crowd import WRITES
from tests.e2e.product import KEY, TOWN
from tests.telegram.calls import Call

KEPT = outbox.to_metadata(MetaData(), name="kept_outbox")
KEPT_KEYS = accounts.to_metadata(MetaData(), name="kept_accounts")
CHANNELS = {NEWCOMERS: TELEGRAM, TEAM: TEAM_TELEGRAM}
LATER = timedelta(minutes=1)
"""A card may read otherwise when it is sent than when it was put into the outbox: an office has opened."""

Look = tuple[str, tuple[str, ...]]
"""How a message reads: its text and its buttons."""

_SQLITE = (
    """CREATE TRIGGER {schema}keep_{table} AFTER INSERT ON {table}
    BEGIN INSERT INTO kept_{table} SELECT * FROM {table} WHERE id = NEW.id; END""",
)
_POSTGRESQL = (
    """CREATE FUNCTION keep_{table}() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO {schema}kept_{table} SELECT NEW.*; RETURN NEW; END $$""",
    """CREATE TRIGGER keep_{table} AFTER INSERT ON {schema}{table}
    FOR EACH ROW EXECUTE FUNCTION keep_{table}()""",
)


def keep_what_is_said(bots: Bots) -> None:
    """From now on nothing that is put into the outbox is forgotten; the process must not be running."""
    with bots.opened() as database, database.begin() as connection:
        own = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
        for schema, table in (("", outbox.name), ("vault.", accounts.name)):
            empty = "CREATE TABLE {schema}kept_{table} AS SELECT * FROM {schema}{table} WHERE 1 = 0"
            for statement in (empty, *own):
                connection.exec_driver_sql(statement.format(schema=schema, table=table))


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message that the outbox held. `withdrawn`: it may have been taken back before it was sent."""

    looks: frozenset[Look]
    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A message that came. `again`: it may be a copy of the one before it."""

    look: Look
    again: bool


def said_to(bots: Bots, token: str, chats: Iterable[int]) -> dict[int, list[Said]]:
    """Chat by chat everything the outbox ever held for it, in order; the process must not be running."""
    channel, house = CHANNELS[token], _house(bots)
    try:
        reads = _Reads(house, channel)
        with bots.opened() as database, database.begin() as connection:
            keys = Keys.from_town_key(KEY)
            lanes = {keys.lookup("address", TOWN, channel, str(chat)): chat for chat in chats}
            found: dict[int, list[Said]] = {chat: [] for chat in lanes.values()}
            for row, body, erased in _bodies(connection, keys):
                if row.lane in lanes:
                    # nobody is told of a case that is taken or gone by now
                    gone = row.channel == TEAM_TELEGRAM and erased
                    withdrawn = gone or (row.subject or "").startswith("open:")
                    found[lanes[row.lane]] += [
                        Said(looks=looks, withdrawn=withdrawn) for looks in reads(body, row.made_at)
                    ]
        return found
    finally:
        house.writer.close()
        house.writer._database.close()


def came_to(calls: Iterable[Call], lives: Sequence[int]) -> dict[int, list[Came]]:
    """Chat by chat every message that a bot's calls wrote or changed; `lives` begin with these calls.

    A copy is allowed where the bot cannot know that a message has gone: the connection was cut after it, or
    the process was killed and this is the first thing the next one says there.
    """
    found: dict[int, list[Came]] = {}
    before: dict[int, tuple[bool, int]] = {}
    for call in calls:
        if call.method not in WRITES or not call.ok:
            continue
        chat, life = int(call.params["chat_id"]), sum(first <= call.number for first in lives)
        was_cut, last = before.get(chat, (False, life))
        look = (call.params["text"].strip(), _labels(call.params.get("reply_markup") or {}))
        found.setdefault(chat, []).append(Came(look=look, again=was_cut or last != life))
        before[chat] = (call.cut == "after", life)
    return found


def copies(said: Sequence[Said], came: Sequence[Came]) -> int:
    """How many extra copies came, if everything came in order; a failure names what does not fit."""
    places = {0: 0}  # how much of what was said has come, and with how few copies
    for number, each in enumerate(came):
        after: dict[int, int] = {}
        for place, extra in places.items():
            for ahead in _ahead(said, place):
                if ahead < len(said) and each.look in said[ahead].looks:
                    after[ahead + 1] = min(extra, after.get(ahead + 1, extra))
            if each.again and place and each.look in said[place - 1].looks:
                after[place] = min(extra + 1, after.get(place, extra + 1))
        assert after, (
            f"message {number} does not come next: {each}, {[said[place : place + 3] for place in places]}"
        )
        places = after
    whole = [extra for place, extra in places.items() if len(said) in _ahead(said, place)]
    assert whole, f"this never came: {[said[place : place + 3] for place in places]}"
    return min(whole)


def _ahead(said: Sequence[Said], place: int) -> Iterator[int]:
    yield place
    while place < len(said) and said[place].withdrawn:
        place += 1
        yield place


class _Reads:
    """How a row of the outbox reads, by the program's own rendering."""

    def __init__(self, house: House, channel: str) -> None:
        self._script = house.towns[TOWN].script
        self._team = TeamDoor(house, TOWN, TeamTalk(house), Delivery(house, {}), Limits())
        self._newcomers = channel == TELEGRAM

    def __call__(self, body: str, at: datetime) -> list[frozenset[Look]]:
        soon, later = self._bubbles(body, at), self._bubbles(body, at + LATER)
        return [frozenset((_look(one), _look(other))) for one, other in zip(soon, later, strict=True)]

    def _bubbles(self, body: str, at: datetime) -> Sequence[Bubble]:
        if self._newcomers:
            return bubbles_of(self._script, Post.unpacked(body), at)
        return self._team.messages(body)


def _look(bubble: Bubble) -> Look:
    return bubble.text.strip(), tuple(key.label for row in bubble.keys for key in row)


def _labels(markup: dict[str, list[list[dict[str, str]]]]) -> tuple[str, ...]:
    return tuple(button["text"] for row in markup.get("inline_keyboard", []) for button in row)


def _bodies(connection: Connection, keys: Keys) -> Iterator[tuple[Row[tuple[object, ...]], str, bool]]:
    """Every row ever put in, with what was sealed in it, and whether its account is gone by now."""
    seals = {row.id: keys.unwrap(TOWN, row.id, row.key) for row in connection.execute(select(KEPT_KEYS))}
    alive = set(connection.execute(select(accounts.c.id)).scalars())
    for row in connection.execute(select(KEPT).order_by(KEPT.c.id)):
        seal = seals[row.account] if row.account else keys.sealing
        body = _PARCEL.open(seal, row.label, row.sealed).body
        yield row, body, row.account is not None and row.account not in alive


def _house(bots: Bots) -> House:
    given = {
        name.removeprefix("KURZE_WEGE_").lower(): value
        for name, value in bots.environment.items()
        if name.startswith("KURZE_WEGE_")
    }
    settings = Settings(**given)  # type: ignore[arg-type]
    return build_house(settings, KEY, read_towns(settings), every_language=False)
