"""Likeness of texts by their parts: a cosine, in which rare parts and whole words count more."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.postings import Postings, hashed

WORDS = st.lists(st.sampled_from([f"w:{n}" for n in range(9)] + [f"l{n}" for n in range(9)]), max_size=8)


def likeness(texts: list[list[str]], asked: list[str]) -> list[float]:
    postings = Postings.build(texts)
    return [round(float(one), 4) for one in postings.likeness(postings.asked(asked))]


def test_a_text_is_like_itself_and_unlike_what_shares_nothing() -> None:
    assert likeness([["w:a", "w:b"], ["w:c"]], ["w:b", "w:a"]) == [1.0, 0.0]


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    """Half the messages have "please"."""
    one, other, _ = likeness([["w:please", "w:x"], ["w:visa", "w:y"], ["w:please"]], ["w:please", "w:visa"])
    assert other > one > 0


def test_a_whole_word_counts_more_than_letters_in_a_row() -> None:
    one, other = likeness([["w:rent", "q"], ["rent", "r"]], ["w:rent", "rent"])
    assert one > other > 0


def test_what_no_text_has_makes_a_message_less_like_any() -> None:
    """Letters struck at random share some by chance."""
    texts = [["w:a", "w:b"], ["w:c"]]
    assert likeness(texts, ["w:a", "w:b", "w:zzz", "w:yyy"])[0] < likeness(texts, ["w:a", "w:b"])[0]


@pytest.mark.parametrize(
    "texts", [[], [[]], [[], ["w:a"]]], ids=["none", "an empty one", "an empty one first"]
)
def test_nothing_is_like_nothing(texts: list[list[str]]) -> None:
    postings = Postings.build(texts)
    assert postings.likeness(postings.asked([])).tolist() == [0.0] * len(texts)
    assert postings.likeness(postings.asked(["w:b"])).tolist() == [0.0] * len(texts)


@given(st.lists(WORDS, max_size=6), WORDS)
def test_the_shares_of_the_parts_add_up_to_the_whole(texts: list[list[str]], asked: list[str]) -> None:
    """So each word can be told what it added."""
    postings = Postings.build(texts)
    found = postings.asked(asked)
    worth = np.arange(postings.size, dtype=np.float32)
    whole = float(postings.likeness(found) @ worth)
    assert float(postings.shares(found, worth).sum()) == pytest.approx(whole, abs=1e-3)
    assert len(found.places) == len(asked)


def test_a_word_is_never_taken_for_its_letters() -> None:
    assert len({*hashed(["w:rent", "rent", "p:rent", "b:rent"]).tolist()}) == 4
