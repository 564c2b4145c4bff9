"""One skeleton for a word in its own script and in the Latin letters that people type instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.normalise import normalise
from catalog.skeleton import FAMILIES, skeleton


@pytest.mark.parametrize(
    ("family", "own", "latin"),
    [
        ("arabic", "خانه", ("khane", "xaneh", "5ane")),
        ("arabic", "موعد", ("maw3ed", "mo3d", "maw3id")),
        ("arabic", "اجاره", ("ejare", "ejareh", "ijara")),
        ("arabic", "شناسنامه", ("shenasname", "shnasnameh")),
        ("arabic", "کرایہ", ("kiraya", "kraya")),
        ("arabic", "مدرسة", ("madrasa", "madrase", "mdrasah")),
        ("cyrillic", "квартира", ("kvartira", "kvartyra", "kwartira")),
        ("cyrillic", "жительство", ("zhitelstvo", "zitelstvo")),
        ("ethiopic", "ትምህርቲ", ("timhirti", "tmhrti", "temehrti")),
        ("ethiopic", "ቆጸራ", ("qotsera", "ketsera", "kotsara")),
    ],
    ids=str,
)
def test_a_word_and_its_latin_spellings_have_one_skeleton(
    family: str, own: str, latin: tuple[str, ...]
) -> None:
    """Nobody spells them by a rule."""
    meant = skeleton(normalise(own), family)
    assert len(meant) > 1
    assert {spelt: skeleton(normalise(spelt), family) for spelt in latin} == dict.fromkeys(latin, meant)


@pytest.mark.parametrize(
    ("family", "one", "other"),
    [("arabic", "خانه", "نان"), ("cyrillic", "школа", "работа"), ("ethiopic", "ትምህርቲ", "ስራሕ")],
)
def test_other_words_have_other_skeletons(family: str, one: str, other: str) -> None:
    """Folding must not make everything alike."""
    assert skeleton(normalise(one), family) != skeleton(normalise(other), family)


@given(st.text(min_size=1, max_size=40), st.sampled_from(sorted(set(FAMILIES.values()))))
def test_any_word_has_a_skeleton_that_is_no_longer(word: str, family: str) -> None:
    """Whatever people type, and never more than they typed."""
    for part in normalise(word).split():
        assert len(skeleton(part, family)) <= len(part)
