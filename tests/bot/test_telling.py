"""Who is told of what, by which of their ways, and what of it is written over later."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pytest

from bot.doors import MAIL, TEAM_TELEGRAM, TELEGRAM, WEB
from bot.house import House
from bot.posts import Part
from bot.team_notes import Note, quoted
from bot.telling import (
    about,
    offer_anew,
    offer_to_guides,
    tell_erased,
    tell_member,
    tell_newcomer,
    tell_taken,
)
from casework.cases import Case, Event, move
from casework.team import Role
from dialogs.conversation import Conversation
from storage.outbox import Outgoing
from storage.store import Store
from tests.bot.conftest import NOW
from tests.bot.people import stored
from tests.doors import TOWN
from tests.team.stage import open_to_the_team

TELEGRAM_ONLY, MAIL_ONLY = frozenset({(TOWN, TEAM_TELEGRAM)}), frozenset({(TOWN, MAIL)})
NOTE = Note(text="Fall 1: etwas.", mail="Es gibt Neues.")
NOT_FOR_MAILBOXES = Note(text="Fall 1: etwas.")


@pytest.fixture
def both(house: House) -> House:
    """Telegram and mail are configured."""
    return replace(open_to_the_team(house), channels=TELEGRAM_ONLY | MAIL_ONLY)


@pytest.fixture
def case(both: House) -> Case:
    """An open case of somebody in the web chat."""

    def opened(store: Store) -> Case:
        account = store.accounts.create(WEB, "session", NOW)
        store.conversations.save(account.id, Conversation(language="ar"), NOW)
        return store.cases.open(
            account.id, language="ar", needs=("housing.search",), urgency=None, reason="asked", now=NOW
        )

    return stored(both, opened)


def given(house: House, name: str, role: Role = Role.GUIDE, **ways: str) -> str:
    """A member who is reached like this; their id."""

    def join(store: Store) -> str:
        store.team.invite(role, f"token of {name}", NOW)
        member = store.team.redeem(f"token of {name}", name, None, NOW)
        assert member is not None
        for channel, address in ways.items():
            store.member_addresses.put(member.id, channel, address, NOW)
        return member.id

    return stored(house, join)


def block(house: House, chat: str) -> None:
    stored(house, lambda store: store.member_addresses.mark_unreachable(TEAM_TELEGRAM, chat, NOW))


def sent(house: House) -> list[Outgoing]:
    """What now waits to be sent, in the order of addresses."""
    return sorted(stored(house, lambda store: store.outbox.lease(NOW)), key=lambda row: row.address)


def told(house: House) -> list[tuple[str, str]]:
    return [(row.channel, row.address) for row in sent(house)]


def tell(house: House, member: str, note: Note = NOTE) -> bool:
    return stored(house, lambda store: tell_member(house, store, member, note, NOW))


def offer(house: House, case: Case, but: str | None = None) -> None:
    stored(house, lambda store: offer_to_guides(house, store, house.towns[TOWN], case, NOW, but=but))


def test_telegram_goes_before_mail(both: House) -> None:
    """Nobody hears the same twice."""
    anna = given(both, "Anna", team_telegram="1", mail="anna@example.org")
    assert tell(both, anna)
    assert told(both) == [(TEAM_TELEGRAM, "1")]


def test_who_has_blocked_the_bot_is_told_by_mail(both: House) -> None:
    anna = given(both, "Anna", team_telegram="1", mail="anna@example.org")
    block(both, "1")
    assert tell(both, anna)
    assert told(both) == [(MAIL, "anna@example.org")]


def test_what_has_no_neutral_sentence_is_not_mailed(both: House) -> None:
    """A mailbox may be read by many."""
    anna = given(both, "Anna", mail="anna@example.org")
    assert not tell(both, anna, NOT_FOR_MAILBOXES)
    assert told(both) == []


@pytest.mark.parametrize(
    ("channels", "used"),
    [(TELEGRAM_ONLY, [TEAM_TELEGRAM]), (MAIL_ONLY, [MAIL]), (frozenset(), [])],
    ids=["telegram only", "mail only", "none"],
)
def test_a_channel_that_is_not_configured_is_skipped(
    both: House, channels: frozenset[tuple[str, str]], used: list[str]
) -> None:
    """What would be put there could never be sent."""
    house = replace(both, channels=channels)
    anna = given(house, "Anna", team_telegram="1", mail="anna@example.org")
    assert tell(house, anna) is bool(used)
    assert [channel for channel, _ in told(house)] == used


def test_who_is_reached_nowhere_is_told_nothing(both: House) -> None:
    assert not tell(both, given(both, "Anna"))


def test_an_open_case_is_offered_to_those_who_may_take_it(both: House, case: Case) -> None:
    """To guides and deputies, each once; not to whoever gave it back."""
    given(both, "Anna", team_telegram="1", mail="anna@example.org")
    given(both, "Bea", Role.DEPUTY, mail="bea@example.org")
    given(both, "Lea", Role.LEAD, team_telegram="3")
    given(both, "Vera", Role.VOLUNTEER, team_telegram="4")
    back = given(both, "Cem", team_telegram="5")
    offer(both, case, but=back)
    assert told(both) == [(TEAM_TELEGRAM, "1"), (MAIL, "bea@example.org")]


def test_one_who_is_unreachable_holds_up_nobody(both: House, case: Case) -> None:
    given(both, "Anna", team_telegram="1")
    given(both, "Bea", team_telegram="2")
    block(both, "1")
    offer(both, case)
    assert told(both) == [(TEAM_TELEGRAM, "2")]


def test_an_answer_to_a_note_leads_to_its_case(both: House, case: Case) -> None:
    anna = given(both, "Anna", team_telegram="1")
    stored(both, lambda store: tell_member(both, store, anna, NOTE, NOW, case=case))
    (row,) = sent(both)
    stored(both, lambda store: store.outbox.mark_sent(row, NOW, "7"))
    assert stored(both, lambda store: store.outbox.subject_of(TEAM_TELEGRAM, "1", "7")) == about(case)


def offered(house: House, case: Case) -> dict[str, str]:
    """The case was offered and the offers have arrived: message by chat."""
    offer(house, case)
    arrived = {}
    for number, row in enumerate(sent(house), start=70):
        arrived[row.address] = str(number)
        stored(house, partial(mark, row=row, reference=None if row.channel == MAIL else str(number)))
    return arrived


def mark(store: Store, row: Outgoing, reference: str | None) -> None:
    store.outbox.mark_sent(row, NOW, reference)


def test_taken_by_is_written_into_the_others_messages(both: House, case: Case) -> None:
    """Not into the one that was tapped, and no mail can be changed."""
    given(both, "Anna", team_telegram="1")
    given(both, "Bea", team_telegram="2")
    given(both, "Cem", mail="cem@example.org")
    messages = offered(both, case)
    lane = stored(both, lambda store: store.outbox.lane(TEAM_TELEGRAM, "1"))
    stored(both, lambda store: tell_taken(store, case, "Anna", NOW, but=(lane, messages["1"])))
    (row,) = sent(both)
    assert (row.address, row.edits) == ("2", messages["2"])
    assert Note.unpacked(row.body).text == f"Fall 1: übernommen von {quoted('Anna')}."


def test_what_is_known_by_now_is_written_into_the_offers(both: House, case: Case) -> None:
    """Where none has gone yet it goes with all of it, and no mail is sent twice."""
    given(both, "Anna", team_telegram="1")
    given(both, "Cem", mail="cem@example.org")
    messages = offered(both, case)
    given(both, "Bea", team_telegram="2")
    known = replace(case, urgency="today")
    stored(both, lambda store: offer_anew(both, store, both.towns[TOWN], known, NOW))
    rows = sent(both)
    assert [(row.channel, row.address, row.edits) for row in rows] == [
        (TEAM_TELEGRAM, "1", messages["1"]),
        (TEAM_TELEGRAM, "2", None),
    ]
    assert all("Dringend: heute" in Note.unpacked(row.body).text for row in rows)


def test_what_waits_to_be_offered_goes_as_it_is_known_by_now(both: House, case: Case) -> None:
    """Once, not as it was before."""
    given(both, "Anna", team_telegram="1")
    offer(both, case)
    known = replace(case, urgency="today")
    stored(both, lambda store: offer_anew(both, store, both.towns[TOWN], known, NOW))
    (row,) = sent(both)
    assert "Dringend: heute" in Note.unpacked(row.body).text


def test_an_offer_that_has_not_gone_out_is_withdrawn_once_the_case_is_taken(both: House, case: Case) -> None:
    given(both, "Anna", team_telegram="1")
    offer(both, case)
    stored(both, lambda store: tell_taken(store, case, "Bea", NOW))
    assert told(both) == []


def test_what_was_told_of_someone_erased_is_written_over(both: House, case: Case) -> None:
    """One message of the chat says of which case; the notice itself outlives the account."""
    anna = given(both, "Anna", team_telegram="1")
    given(both, "Bea", mail="bea@example.org")
    messages = offered(both, case)
    stored(both, lambda store: tell_member(both, store, anna, NOTE, NOW, case=case))
    (row,) = sent(both)
    stored(both, partial(mark, row=row, reference="99"))

    def erase(store: Store) -> None:
        tell_erased(both, store, case.account, NOW)
        store.accounts.erase(case.account, NOW)

    stored(both, erase)
    notes = list(each_in_turn(both))
    assert {note.replaces: note.text for note in notes} == {
        messages["1"]: "Gelöscht.",
        "99": "Fall 1: Die Person hat alles gelöscht.",
    }


def test_whoever_had_the_case_of_someone_erased_hears_it_anew(both: House, case: Case) -> None:
    """Among old messages a change would go unnoticed; who only knew of it is told nothing new."""
    anna = given(both, "Anna", team_telegram="1", mail="anna@example.org")
    given(both, "Bea", team_telegram="2")

    def erase(store: Store) -> None:
        found = store.cases.get(case.id)
        assert found is not None
        store.cases.save(move(found, Event.TAKEN, NOW, owner=anna))
        tell_erased(both, store, case.account, NOW)
        store.accounts.erase(case.account, NOW)

    stored(both, erase)
    (row,) = sent(both)
    note = Note.unpacked(row.body)
    assert (row.address, note.replaces, note.mail) == ("1", "", "In einem Ihrer Fälle gibt es Neues.")
    assert note.text.startswith("Fall 1: Die Person hat alles gelöscht")


def each_in_turn(house: House) -> Iterator[Note]:
    while rows := sent(house):
        for row in rows:
            assert row.account is None
            yield Note.unpacked(row.body)
            stored(house, partial(mark, row=row, reference=None))


@pytest.mark.parametrize(
    ("way", "told_there"),
    [
        pytest.param(lambda store, account: None, False, id="who comes and looks is sent nothing"),
        pytest.param(
            lambda store, account: store.accounts.add_address(account, TELEGRAM, "9", keep_address=True),
            True,
            id="who has a messenger is sent it",
        ),
        pytest.param(
            lambda store, account: (
                store.accounts.add_address(account, TELEGRAM, "9", keep_address=True),
                store.accounts.mark_unreachable(TELEGRAM, "9", NOW),
            ),
            False,
            id="who has blocked it is not",
        ),
    ],
)
def test_a_newcomer_is_told_where_they_are_reached(
    both: House, case: Case, way: Callable[[Store, str], object], told_there: bool
) -> None:
    house = replace(both, channels=both.channels | {(TOWN, TELEGRAM)})
    stored(house, lambda store: way(store, case.account))
    letter = [Part(letter="Guten Tag")]
    assert stored(house, lambda store: tell_newcomer(house, store, case.account, letter, NOW)) is told_there
    assert told(house) == [(TELEGRAM, "9")] * told_there
