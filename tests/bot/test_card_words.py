"""Words of cards as each language writes them."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.card_words import listed, moment

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "written"),
    [("de", "a, b"), ("uk", "a, b"), ("ar", "a\u060c b"), ("fa", "a\u060c b"), ("xx", "a, b")],
)
def test_lists_have_the_comma_of_their_script(language: str, written: str) -> None:
    assert listed(["a", "b"], language) == written
    assert listed(["a"], language) == "a"


@pytest.mark.parametrize("ahead", [timedelta(days=1), timedelta(days=30)])
def test_a_moment_in_arabic_has_no_latin_comma(ahead: timedelta) -> None:
    told = moment(NOW + ahead, NOW, "ar")
    assert "," not in told
    assert "\u060c " in told
