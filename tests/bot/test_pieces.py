"""Long texts are cut where it reads best, and nothing but white space is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import LONGEST_BUBBLE, pieces, units

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("eins\n\nzwei\ndrei vier", ["eins", "zwei\ndrei vier"]),
        ("eins zwei\ndrei vier\nfünf", ["eins zwei", "drei vier\nfünf"]),
        ("eins zwei drei vier", ["eins zwei drei", "vier"]),
        ("einszweidreivierfünf", ["einszweidreivi", "erfünf"]),
    ],
    ids=["at a paragraph", "at a line", "at a word", "where it must be"],
)
def test_it_is_cut_at_the_best_border_that_fits(text: str, cut: list[str]) -> None:
    assert list(pieces(text, 14)) == cut


def test_a_text_that_fits_stays_as_it_is() -> None:
    text = "ä" * LONGEST_BUBBLE
    assert list(pieces(text, LONGEST_BUBBLE)) == [text]


def test_length_is_counted_as_messengers_count() -> None:
    """An emoji counts two, a family eleven; Arabic letters and vowel signs one each."""
    assert [units(text) for text in ("a", "ä", "😀", FAMILY, "سَلَام")] == [1, 1, 2, 11, 6]
    assert len(list(pieces("😀" * (LONGEST_BUBBLE // 2), LONGEST_BUBBLE))) == 1
    assert len(list(pieces("😀" * (LONGEST_BUBBLE // 2) + "!", LONGEST_BUBBLE))) == 2


def test_no_sign_is_cut_in_half() -> None:
    """Half an emoji is no text: it could not even be sent."""
    for piece in pieces("a" + "😀" * 5000, LONGEST_BUBBLE):
        piece.encode("utf-8")
        assert units(piece) <= LONGEST_BUBBLE


def test_a_wall_of_white_space_makes_no_empty_piece() -> None:
    assert list(pieces("a" + " " * 5000 + "b", LONGEST_BUBBLE)) == ["a", "b"]
    assert list(pieces(" " * 5000 + "b", LONGEST_BUBBLE)) == ["b"]
    assert list(pieces(" " * 9000, LONGEST_BUBBLE)) == []


LETTERS = st.sampled_from(
    ["a", "ß", " ", 20 * " ", "\n", "\n\n", "سلام", "ሰላም", "😀", FAMILY, "\u2068", "\u2069", "\t"]
)


@given(st.lists(LETTERS, max_size=120).map("".join), st.integers(12, 40))
def test_nothing_but_white_space_is_lost(text: str, most: int) -> None:
    """And every piece fits and says something."""
    cut = list(pieces(text, most))
    assert "".join("".join(cut).split()) == "".join(text.split())
    assert all(piece.strip() and units(piece) <= most for piece in cut)
