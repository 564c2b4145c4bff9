"""A spreadsheet of shifts: what is read, and that every problem is told at once, with place and remedy."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.files.shift_list import LARGEST, MOST_ROWS, read_shift_list
from bot.shifts import Planned, ShiftsError
from casework.team import Member, Role

HEAD = "titel,ort,datum,beginn,ende,person"
ROW = "Sprachcafé,Rathaus,27.11.2026,14:00,16:00,Anna"
CHANGE = "clocks change. Write another time."
ANNA = Member(id="m1", role=Role.VOLUNTEER, name="Anna")
PLANNED = Planned(
    title="Sprachcafé",
    place="Rathaus",
    starts_at=datetime(2026, 11, 27, 13, 0, tzinfo=UTC),
    ends_at=datetime(2026, 11, 27, 15, 0, tzinfo=UTC),
    members=(ANNA,),
)


def find(name: str) -> tuple[Member | None, str]:
    """A team of one."""
    return (ANNA, "") if name == "Anna" else (None, f"{name} is unknown.")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "plan.csv"


def problems(file: Path, text: str | bytes) -> list[str]:
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(ShiftsError) as told:
        read_shift_list(file, find)
    return list(told.value.problems)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{HEAD}\n{ROW}\n", id="commas"),
        pytest.param(f"{HEAD}\n{ROW}\n".replace(",", ";"), id="semicolons, as a German spreadsheet saves it"),
        pytest.param(f"\ufeff{HEAD}\r\n{ROW}\r\n", id="with a byte order mark and Windows line ends"),
        pytest.param(f"{HEAD},,\n{ROW},,\n,,,,,,,\n\n", id="with empty cells, rows and lines at the end"),
        pytest.param(f"{HEAD.upper()}\n{ROW}", id="columns in capitals, no line end"),
        pytest.param(f"{HEAD}\n {ROW.replace(',', ' , ')} ", id="blanks around everything"),
        pytest.param(
            f"{HEAD}\n{ROW.replace('27.11.2026', '2026-11-27')}", id="the day as computers write it"
        ),
        pytest.param(
            "person,ende,beginn,datum,ort,titel\nAnna,16:00,14:00,27.11.2026,Rathaus,Sprachcafé",
            id="columns in another order",
        ),
        pytest.param(f'{HEAD}\n"Sprachcafé","Rathaus",27.11.2026,14:00,16:00,"Anna"', id="in quotes"),
        pytest.param(
            f"{HEAD}\n{ROW}".replace("café", "cafe\u0301\u202e"), id="odd characters of the same look"
        ),
    ],
)
def test_the_same_shift_is_read_however_it_was_saved(file: Path, text: str) -> None:
    file.write_bytes(text.encode())
    assert read_shift_list(file, find) == (PLANNED,)


def test_a_comma_in_a_cell_is_part_of_it(file: Path) -> None:
    file.write_text(f"{HEAD}\n{ROW.replace('Rathaus', chr(34) + 'Rathaus, Zimmer 3' + chr(34))}", "utf-8")
    assert [one.place for one in read_shift_list(file, find)] == ["Rathaus, Zimmer 3"]


def test_every_problem_is_told_at_once_with_row_and_column(file: Path) -> None:
    rows = [
        "Sprachcafé,Rathaus,31.02.2027,14:00,16 Uhr,Anna",
        ROW,
        f",{'x' * 201},27.11.2026,14:00,16:00,Ben",
        "Sprachcafé,Rathaus,28.03.2027,02:30,04:00,Anna",
        "Sprachcafé,Rathaus,25.10.2026,02:30,04:00,Anna",
        "",
        f"{'x' * 121},Rathaus,27.11.2026,16:00,14:00,Anna",
        f"{ROW},too much",
    ]
    assert problems(file, "\n".join([HEAD, *rows])) == [
        "plan.csv, row 9: has more cells than the first row. Put a cell with a comma in quotes.",
        'plan.csv, row 2, column "datum": "31.02.2027" is no day. Write 2026-11-27 or 27.11.2026.',
        'plan.csv, row 2, column "ende": "16 Uhr" is no time of day. Write 14:00.',
        'plan.csv, row 4, column "titel": is empty. Fill it in.',
        'plan.csv, row 4, column "ort": is too long. Write at most 200 characters.',
        'plan.csv, row 4, column "person": Ben is unknown.',
        f'plan.csv, row 5, column "beginn": "02:30" does not exist on 28.03.2027: {CHANGE}',
        f'plan.csv, row 6, column "beginn": "02:30" exists twice on 25.10.2026: {CHANGE}',
        'plan.csv, row 8, column "titel": has 121 characters. Write at most 120.',
    ]


def test_an_end_before_the_start_is_told(file: Path) -> None:
    told = problems(file, f"{HEAD}\n{ROW.replace('16:00', '13:00')}")
    assert told == ['plan.csv, row 2, column "ende": is not after the start. Correct one of the two times.']


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "is empty. Write a first row", id="nothing in it"),
        pytest.param("\n\n ; ;\n", "is empty. Write a first row", id="only empty lines"),
        pytest.param(f"{HEAD.removesuffix(',person')}\n{ROW}", "row 1: lacks person.", id="a column missing"),
        pytest.param(f"{HEAD},notiz\n{ROW},x", "a column that is not known: notiz.", id="a column too many"),
        pytest.param(f"{HEAD},ort\n{ROW},x", "names a column twice", id="a column twice"),
        pytest.param(HEAD.replace(",", "\t"), "row 1: lacks titel", id="parted by tabs"),
        pytest.param(
            f'{HEAD}\n"Sprachcafé,', "row 2: cannot be read. Look for a quotation", id="an open quote"
        ),
        pytest.param(
            f"{HEAD}\nSprachcafé".encode("cp1252"), 'Save it as "CSV UTF-8"', id="in another encoding"
        ),
        pytest.param(f"{HEAD}\n{ROW}".encode("utf-16"), 'Save it as "CSV UTF-8"', id="in two bytes a letter"),
        pytest.param(b"x" * (LARGEST + 1), "larger than 1 MB. Split it.", id="too large"),
        pytest.param(f"{HEAD}\n{'x' * 200_000}", "row 2: cannot be read", id="a cell without end"),
        pytest.param(
            f"{HEAD}\n" + f"{ROW}\n" * (MOST_ROWS + 1), "has 5001 rows. Split it", id="too many rows"
        ),
    ],
)
def test_a_file_that_cannot_be_used_says_why(file: Path, text: str | bytes, said: str) -> None:
    told = problems(file, text)
    assert said in "\n".join(told)
    assert len(told) <= 2


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ShiftsError, match="cannot be read"):
        read_shift_list(tmp_path / "nowhere.csv", find)


def test_as_many_rows_as_are_allowed_are_read(file: Path) -> None:
    file.write_text(f"{HEAD}\n" + f"{ROW}\n" * MOST_ROWS, "utf-8")
    assert len(read_shift_list(file, find)) == MOST_ROWS


def test_what_stands_in_a_cell_cannot_steer_the_terminal(file: Path) -> None:
    """Escape sequences are gone before a problem quotes the cell."""
    told = problems(file, f"{HEAD}\n{ROW.replace('27.11.2026', chr(27) + '[2Jmorgen')}")
    assert told == ['plan.csv, row 2, column "datum": "[2Jmorgen" is no day. Write 2026-11-27 or 27.11.2026.']
