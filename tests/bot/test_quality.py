"""How well messages are understood, held by a floor: those that may be looked at and those that may not."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from bot.bench.quality import ALL, Row, Tally, development, held_out, read_rows, table, tallied
from bot.settings import SettingsError
from tests.catalog.town import index

LANGUAGES = {"ar", "de", "en", "fa", "fr", "ku", "ps", "ru", "so", "sq", "sr", "ti", "tr", "uk", "ur"}
FLOOR = {"first": 0.74, "three": 0.88, "none": 0.84, "emergencies": 0.91, "deadlines": 0.7}
CEILING = {"alarms": 0.07, "false deadlines": 0.04}
EACH = 0.79
"""The share of messages of any one language that have a right need among the first three."""


@lru_cache(maxsize=2)
def judged(rows: Callable[[], tuple[Row, ...]]) -> dict[str, Tally]:
    return tallied(index(), rows())


@pytest.mark.parametrize("rows", [development, held_out], ids=["development", "held out"])
def test_messages_are_understood_as_well_as_before(rows: Callable[[], tuple[Row, ...]]) -> None:
    """The floor lies a little below what was measured; who lowers it says why."""
    over_all = judged(rows)[ALL]
    shares = {what: over_all.share(what) or 0.0 for what in (*FLOOR, *CEILING)}
    assert {what: share for what, share in shares.items() if share < FLOOR.get(what, 0.0)} == {}
    assert {what: share for what, share in shares.items() if share > CEILING.get(what, 1.0)} == {}


@pytest.mark.parametrize("rows", [development, held_out], ids=["development", "held out"])
def test_no_language_is_left_behind(rows: Callable[[], tuple[Row, ...]]) -> None:
    found = judged(rows)
    assert found.keys() >= LANGUAGES
    low = {code: found[code].share("three") for code in LANGUAGES}
    assert {code: share for code, share in low.items() if (share or 0.0) < EACH} == {}


def test_no_message_stands_in_a_word_list() -> None:
    """Else the figures would be about memory; a greeting of two words may be in both."""
    lists = Path(__file__).parents[2] / "catalog" / "lexicon"
    texts = "".join(path.read_text("utf-8") for path in sorted(lists.glob("*.toml")))
    long = [row.text for row in (*development(), *held_out()) if len(row.text) > 25]
    assert [text for text in long if f'"{text}"' in texts] == []


def test_the_two_sets_share_no_message() -> None:
    assert {row.text for row in development() if len(row.text) > 25}.isdisjoint(
        row.text for row in held_out()
    )


def test_the_table_has_a_line_for_each_language_and_kind() -> None:
    rows = [row for row in development() if row.language in {"de", "so"}]
    lines = list(table(rows))
    assert [line.split()[0] for line in lines[1:4]] == ["all", "de", "so"]
    assert {"clean", "emergency", "chitchat"} <= {line.split()[0] for line in lines}


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
