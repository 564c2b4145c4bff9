"""How well messages are understood, held by a floor: those that may be looked at and those that may not."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import pytest

from bot.bench.quality import ALL, SETS, Row, Tally, development, held_out, read_rows, tables, tallied
from bot.settings import SettingsError
from tests.catalog.town import index

LANGUAGES = {"ar", "de", "en", "fa", "fr", "ku", "ps", "ru", "so", "sq", "sr", "ti", "tr", "uk", "ur"}
FLOOR: Mapping[str, Mapping[str, float]] = {
    "messages": {"first": 0.79, "three": 0.91, "none": 0.84, "emergencies": 0.94, "deadlines": 0.78},
    "emergencies": {"emergencies": 0.955, "kinds": 0.86},
    "municipal": {"first": 0.62, "three": 0.76},
}
CEILING: Mapping[str, Mapping[str, float]] = {
    "messages": {"alarms": 0.07, "false deadlines": 0.03},
    "emergencies": {"alarms": 0.11},
    "municipal": {"alarms": 0.04},
}
EACH = {"three": 0.8, "emergencies": 0.87}
"""Shares of any one language."""

Rows = Callable[[str], tuple[Row, ...]]
splits = pytest.mark.parametrize("rows", [development, held_out], ids=["development", "held out"])


@lru_cache(maxsize=6)
def judged(rows: Rows, name: str) -> dict[str, Tally]:
    return tallied(index(), rows(name))


def share(tally: Tally, what: str) -> float:
    found = tally.share(what)
    assert found is not None
    return found


@splits
@pytest.mark.parametrize("name", SETS)
def test_messages_are_understood_as_well_as_before(rows: Rows, name: str) -> None:
    """The floor lies a little below what was measured; who lowers it says why."""
    over_all = judged(rows, name)[ALL]
    low = {what for what, least in FLOOR[name].items() if share(over_all, what) < least}
    high = {what for what, most in CEILING[name].items() if share(over_all, what) > most}
    assert (low, high) == (set(), set())


@splits
@pytest.mark.parametrize(("name", "what"), [("messages", "three"), ("emergencies", "emergencies")])
def test_no_language_is_left_behind(rows: Rows, name: str, what: str) -> None:
    found = judged(rows, name)
    assert found.keys() >= LANGUAGES
    assert {code for code in LANGUAGES if share(found[code], what) < EACH[what]} == set()


def test_no_message_stands_in_a_word_list() -> None:
    """Else the figures would be about memory; a greeting of two words may be in both."""
    lists = Path(__file__).parents[2] / "catalog" / "lexicon"
    texts = "".join(path.read_text("utf-8") for path in sorted(lists.glob("*.toml")))
    rows = (row for name in SETS for row in (*development(name), *held_out(name)))
    assert [row.text for row in rows if len(row.text) > 25 and f'"{row.text}"' in texts] == []


def test_the_two_splits_share_no_message() -> None:
    for name in SETS:
        long = {row.text for row in development(name) if len(row.text) > 25}
        assert long.isdisjoint(row.text for row in held_out(name))


def test_there_is_a_table_for_each_set_with_a_line_for_each_language_and_kind() -> None:
    few = {name: [row for row in development(name) if row.language in {"de", "uk"}] for name in SETS}
    lines = [line.split() for line in tables(few) if line]
    assert [line[0] for line in lines if line[1] == "first"] == list(SETS)
    assert [line[0] for line in lines[1:4]] == ["all", "de", "uk"]
    assert {"clean", "emergency", "chitchat", "harmless", "translated"} <= {line[0] for line in lines}


@pytest.mark.parametrize(
    "content", ["no json\n", '{"text": "a"}\n', '{"text":"a","lang":"de","kind":"x","needs":"y"}\n']
)
def test_a_row_that_is_none_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(SettingsError):
        read_rows(path)
    with pytest.raises(SettingsError):
        read_rows(tmp_path / "missing.jsonl")
