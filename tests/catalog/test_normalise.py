import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.normalise import MAX_LENGTH, clean, normalise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أُرِيدُ دَوْرَةً", "اريد دوره"),
        ("مدرســـة", "مدرسه"),
        ("كتاب", "کتاب"),
        ("می‌خواهم", "میخواهم"),
        ("١١٢", "112"),
        ("۱۱۰", "110"),
        ("HELLOOOOO!!!", "helloo"),
        ("п’ять", "пять"),
        ("Größe", "grosse"),
        ("ﬁt", "fit"),
        ("Wohnung\u200b", "wohnung"),
        ("E-Mail_Adresse", "e mail adresse"),
    ],
    ids=[
        "vowel marks fall away",
        "tatweel falls away",
        "Arabic and Persian kaf are one",
        "a zero-width joiner does not split a word",
        "Arabic digits are digits",
        "Persian digits are digits",
        "long cries and signs are folded",
        "an apostrophe does not split a word",
        "umlauts and sharp s are folded",
        "ligatures are opened",
        "invisible characters fall away",
        "signs part words",
    ],
)
def test_two_spellings_have_one_form(one: str, other: str) -> None:
    """What people see as the same word must match as the same word."""
    assert normalise(one) == normalise(other)


def test_turkish_keeps_its_two_letters_i() -> None:
    """Plain lower-casing breaks İ and I."""
    assert normalise("İSTANBUL", "tr") == "istanbul"
    assert normalise("ISPARTA", "tr") == normalise("ısparta", "tr")


def test_hindi_vowel_signs_stay() -> None:
    """They are letters in all but name; without them words fall apart."""
    assert normalise("हिंदी कोर्स") == "हिंदी कोर्स"


@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    """Index and message may each be normalised, once or twice."""
    once = normalise(text)
    assert normalise(once) == once


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    """What is stored can be read and stored again."""
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\u202eb\x00c", "abc"),
        ("e" + "\u0301" * 20 + " x", "é" + "\u0301" * 3 + " x"),
        ("مَدْرَسَةٌ", "مَدْرَسَةٌ"),
        ("می‌خواهم", "می‌خواهم"),
        ("a\r\nb", "a\nb"),
    ],
    ids=[
        "control and direction characters go",
        "stacks of marks are cut",
        "vocalised Arabic survives",
        "Persian joiners survive",
        "line ends are one kind",
    ],
)
def test_what_people_write_is_kept_but_made_harmless(typed: str, kept: str) -> None:
    """The guide reads what was meant, and the page does not break."""
    assert clean(typed) == kept


def test_a_very_long_message_is_cut() -> None:
    """Nothing behind this point has to fear length."""
    assert len(clean("a" * 10_000)) == MAX_LENGTH
