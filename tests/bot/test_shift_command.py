"""`kurze-wege shift` as somebody in a town types it: one shift, a file of shifts, the list, calling off."""

import base64
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.doors import MAIL, TEAM_TELEGRAM
from bot.shifts import ShiftsError
from bot.team_notes import Note
from bot.wiring import DEMO_TOWN
from casework.team import Role
from casework.volunteers.shifts import Shift
from storage.database import Database
from storage.keys import Keys
from storage.store import Store
from storage.writer import Writer
from tests.bot.cli import kurze_wege
from tests.doors import KEY, TOWN

T = TypeVar("T")

HEAD = "titel;ort;datum;beginn;ende;person"
ADD = ("--title", "Sprachcafé", "--place", "Rathaus", "--start", "2031-11-27 14:00", "--end", "16:00")
ENTERED = "Entered: {} new shifts, {} newly taken on; known before: {}; left called off: {}\n"
STARTS_AT = datetime(2031, 11, 27, 13, 0, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of an installation with Anna, Ben, and Cem who has left."""
    folder = tmp_path / "data"

    def join(store: Store) -> None:
        now = datetime.now(UTC)
        for name in ("Anna", "Ben", "Cem"):
            store.team.invite(Role.VOLUNTEER, name, now)
            member = store.team.redeem(name, name, None, now)
            assert member is not None
            store.member_addresses.put(member.id, MAIL, f"{name}@example.org", now)
        revoke(store, "Cem")

    in_store(folder, join)
    monkeypatch.setenv("KURZE_WEGE_TOWN_KEY", base64.b64encode(KEY).decode())
    monkeypatch.setenv("KURZE_WEGE_TOWNS", str(DEMO_TOWN))
    monkeypatch.setenv("KURZE_WEGE_DATA_DIR", str(folder))
    return folder


def revoke(store: Store, name: str) -> None:
    member = store.team.member_by_name(name)
    assert member is not None
    store.team.revoke(member.id, datetime.now(UTC))


def in_store(folder: Path, work: Callable[[Store], T]) -> T:
    writer = Writer(Database.open(None, folder), Keys.from_town_key(KEY))
    try:
        return writer.run(TOWN, work)
    finally:
        writer.close()


def planned(folder: Path) -> list[tuple[Shift, list[str]]]:
    """Every shift with the names of those who take it on."""

    def read(store: Store) -> list[tuple[Shift, list[str]]]:
        found = store.shifts.since(datetime(2000, 1, 1, tzinfo=UTC))
        return [(taken.shift, [member.name for member in taken.members]) for taken in found]

    return in_store(folder, read)


def said(*arguments: str | Path) -> str:
    result = CliRunner().invoke(app, ["shift", *map(str, arguments)])
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


def refused(*arguments: str | Path) -> tuple[str, ...]:
    result = CliRunner().invoke(app, ["shift", *map(str, arguments)])
    assert isinstance(result.exception, ShiftsError), result.output
    return result.exception.problems


def test_a_shift_is_entered_as_the_moment_that_local_clocks_show(data: Path) -> None:
    told = said("add", *ADD, "--for", "Anna", "--for", "ben")
    ((shift, names),) = planned(data)
    assert told == f"{shift.id}  2031-11-27 14:00 to 16:00: 2 newly taken on, 0 before.\n"
    assert (shift.title, shift.place, names) == ("Sprachcafé", "Rathaus", ["Anna", "Ben"])
    assert (shift.starts_at, shift.ends_at) == (STARTS_AT, STARTS_AT + timedelta(hours=2))


def test_the_same_shift_again_adds_only_who_is_new_to_it(data: Path) -> None:
    said("add", *ADD, "--for", "Anna")
    assert "1 newly taken on, 1 before" in said("add", *ADD, "--for", "Anna", "--for", "Ben")
    assert [names for _, names in planned(data)] == [["Anna", "Ben"]]


def test_a_shift_over_midnight_has_an_end_with_its_own_day(data: Path) -> None:
    said("add", *ADD[:-1], "2031-11-28 01:00", "--for", "Anna")
    ((shift, _),) = planned(data)
    assert shift.ends_at - shift.starts_at == timedelta(hours=11)
    assert "2031-11-27 14:00 to 2031-11-28 01:00" in said("list")


def test_a_shift_that_has_begun_is_entered_and_it_is_said_that_nobody_is_reminded(data: Path) -> None:
    """Hours that were worked are evidence too."""
    times = ("--start", "2026-01-05 14:00", "--end", "16:00")
    assert "It has begun: nobody is reminded." in said("add", *ADD[:4], *times, "--for", "Anna")
    assert len(planned(data)) == 1


def test_everything_wrong_with_the_options_is_told_at_once(data: Path) -> None:
    told = refused(
        "add", *ADD[:4], "--start", "27.11. 14 Uhr", "--end", "25:00", "--for", "Cem", "--for", "Dora"
    )
    assert told == (
        '--start: "27.11." is no day. Write 2026-11-27 or 27.11.2026.',
        '--end: "27.11." is no day. Write 2026-11-27 or 27.11.2026.',
        '--for: "Cem" has no access any more. Renew it, or name somebody else.',
        '--for: nobody on the team is called "Dora". Check the spelling, or invite them first.',
    )
    assert planned(data) == []


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        pytest.param(
            "2031-03-30 02:30",
            "05:00",
            '--start: "02:30" does not exist on 2031-03-30',
            id="in the gap in March",
        ),
        pytest.param(
            "2031-10-26 01:00", "02:30", '--end: "02:30" exists twice on 2031-10-26', id="twice in October"
        ),
        pytest.param("2031-11-27 14:00", "13:00", "--end is not after the start", id="the wrong way round"),
    ],
)
def test_times_that_cannot_be_are_told(data: Path, start: str, end: str, told: str) -> None:
    (problem,) = refused("add", *ADD[:4], "--start", start, "--end", end, "--for", "Anna")
    assert problem.startswith(told)


def test_the_list_shows_what_is_to_come_and_who_has_left(data: Path) -> None:
    said("add", *ADD, "--for", "Anna", "--for", "Ben")
    said("add", *ADD[:4], "--start", "2026-01-05 14:00", "--end", "16:00", "--for", "Anna")
    in_store(data, lambda store: revoke(store, "Ben"))
    (line,) = said("list").splitlines()
    assert re.fullmatch(
        r"[0-9a-f]{32}  2031-11-27 14:00 to 16:00  Sprachcafé, Rathaus: Anna, Ben \(left\)", line
    )
    assert len(said("list", "--all").splitlines()) == 2


def test_who_cannot_be_reached_is_said_when_there_is_time(data: Path) -> None:
    """No reminder waits in silence."""

    def lose(store: Store) -> None:
        store.member_addresses.mark_unreachable(MAIL, "Ben@example.org", datetime.now(UTC))

    in_store(data, lose)
    told = said("add", *ADD, "--for", "Anna", "--for", "Ben")
    assert told.endswith(
        ": 2 newly taken on, 0 before. No reminder reaches Ben: invite them to the team's bot.\n"
    )
    assert said("list").endswith("Rathaus: Anna, Ben (cannot be reached)\n")


def waiting(folder: Path) -> list[tuple[str, str]]:
    """Address and words of what is to be sent."""
    rows = in_store(folder, lambda store: store.outbox.lease(datetime.now(UTC)))
    return [(row.address, Note.unpacked(row.body).mail) for row in rows]


def test_calling_off_tells_those_who_are_reached_and_names_the_others(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, by the program that runs; whoever has left need not know."""
    monkeypatch.setenv("KURZE_WEGE_TEAM_BOT_TOKEN", "220:team")

    def reach(store: Store) -> None:
        anna = store.team.member_by_name("Anna")
        assert anna is not None
        store.member_addresses.put(anna.id, TEAM_TELEGRAM, "6001", datetime.now(UTC))
        store.team.invite(Role.VOLUNTEER, "Dora", datetime.now(UTC))
        store.team.redeem("Dora", "Dora", None, datetime.now(UTC))

    in_store(data, reach)
    said("add", *ADD, "--for", "Anna", "--for", "Ben", "--for", "Dora")
    in_store(data, lambda store: revoke(store, "Dora"))
    ((shift, _),) = planned(data)
    told = said("cancel", shift.id)
    assert told == "Called off. The running program tells Anna. Please tell them yourself: Ben.\n"
    refused("cancel", shift.id)
    ((address, words),) = waiting(data)
    assert address == "6001"
    assert words.splitlines() == [
        "Ihr Einsatz fällt aus: Sprachcafé",
        "Do., 27. Nov., 14:00 – 16:00",
        "Ort: Rathaus",
        "Sie müssen nicht kommen.",
    ]


def test_nobody_is_told_that_a_shift_is_called_off_which_is_over(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KURZE_WEGE_TEAM_BOT_TOKEN", "220:team")
    said("add", *ADD[:4], "--start", "2026-01-05 14:00", "--end", "16:00", "--for", "Anna")
    ((shift, _),) = planned(data)
    assert said("cancel", shift.id) == "Called off. There is nobody to be told.\n"
    assert waiting(data) == []


def test_calling_off_says_who_must_be_told_and_is_done_once(data: Path) -> None:
    said("add", *ADD, "--for", "Anna", "--for", "Ben")
    ((shift, _),) = planned(data)
    assert said("cancel", shift.id) == "Called off. Please tell them yourself: Anna, Ben.\n"
    assert said("list").rstrip().endswith("CALLED OFF")
    assert "no shift" in refused("cancel", shift.id)[0]
    assert "called off" in refused("add", *ADD, "--for", "Anna")[0]


def write(folder: Path, *rows: str) -> Path:
    file = folder.parent / "plan.csv"
    file.write_text("\n".join([HEAD, *rows]), "utf-8")
    return file


TWO = ("Sprachcafé;Rathaus;27.11.2031;14:00;16:00;", "Fahrradhilfe;Bauhof;28.11.2031;10:00;12:00;")


def test_a_file_is_entered_once_however_often_it_is_imported(data: Path) -> None:
    """Several rows of the same shift are one shift with several people."""
    file = write(data, TWO[0] + "Anna", TWO[0] + "Ben", TWO[1] + "Anna")
    assert said("import", file) == ENTERED.format(2, 3, 0, 0)
    before = planned(data)
    assert [(shift.title, names) for shift, names in before] == [
        ("Sprachcafé", ["Anna", "Ben"]),
        ("Fahrradhilfe", ["Anna"]),
    ]
    assert said("import", file) == ENTERED.format(0, 0, 3, 0)
    assert planned(data) == before


def test_a_dry_run_tells_and_changes_nothing(data: Path) -> None:
    told = said("import", write(data, TWO[0] + "Anna"), "--dry-run")
    assert told == ENTERED.format(1, 1, 0, 0).replace("Entered", "Would be entered")
    assert planned(data) == []


def test_a_file_with_one_bad_row_leaves_nothing(data: Path) -> None:
    (problem,) = refused("import", write(data, TWO[0] + "Anna", TWO[1] + "Dora"))
    assert problem == (
        'plan.csv, row 3, column "person": nobody on the team is called "Dora". '
        "Check the spelling, or invite them first."
    )
    assert planned(data) == []


def test_what_was_called_off_is_not_brought_back_by_a_file(data: Path) -> None:
    file = write(data, TWO[0] + "Anna", TWO[1] + "Anna")
    said("import", file)
    said("cancel", planned(data)[0][0].id)
    assert said("import", file) == ENTERED.format(0, 0, 1, 1)
    assert [shift.cancelled_at is None for shift, _ in planned(data)] == [False, True]


def test_a_fault_is_told_in_words_and_without_a_traceback(data: Path) -> None:
    """As a process of its own, with code 1 and nothing on standard output."""
    settings = {"TOWN_KEY": base64.b64encode(KEY).decode(), "TOWNS": str(DEMO_TOWN), "DATA_DIR": str(data)}
    done = kurze_wege("shift", "import", write(data, TWO[0] + "Dora"), **settings)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("ShiftsError  plan.csv: 1 problem, nothing was changed\n  plan.csv, row 2")
    assert "Traceback" not in done.stderr


def test_an_unknown_town_is_refused(data: Path) -> None:
    result = CliRunner().invoke(app, ["shift", "list", "--town", "nowhere"])
    assert "There are: erlenfels." in str(result.exception)
