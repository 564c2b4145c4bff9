"""An idiom keeps its own words from being a cry, and no cry that stands beside it."""

import random
from collections.abc import Iterator
from itertools import product

import pytest

from catalog.calls import called
from catalog.features import spoken
from catalog.hearing import heard
from catalog.lexicon import Lexicon, load_lexicons
from catalog.needs import packaged_taxonomy
from catalog.normalise import words_of
from tests.catalog.town import read, speech

SHARE = 1 / 40  # of the idioms and cries that share no word; all of them take a minute


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("ar", "يريد طردي ويريد قتلي", "violence"),
        ("ar", "زوجي يريد طردي ويريد قتلي", "violence"),
        ("ar", "صاحب البيت يريد طردي ويريد قتلي", "violence"),
        ("ar", "يطردنا صاحب البيت طفل لوحده في البيت", "child"),
        ("ar", "صاحب البيت يطردنا احد في البيت", "danger"),
        ("en", "want to die kill for a coffee", "suicide"),
        ("en", "my boss kicks me out and hits", "violence"),
        ("en", "my phone is dead, dying", "medical"),
        ("de", "brennt, brennt in der sonne", "danger"),
        ("de", "im Lager Feuer!", "danger"),
    ],
    ids=str,
)
def test_a_cry_that_shares_words_with_an_idiom_is_heard(language: str, text: str, kind: str) -> None:
    """The idiom keeps its own copy of the word, and no more than that."""
    assert f"emergency.{kind}" in read(text, language).emergencies


@pytest.mark.parametrize("lexicon", load_lexicons(packaged_taxonomy()), ids=lambda each: each.language)
def test_no_idiom_silences_a_cry_beside_it(lexicon: Lexicon) -> None:
    """Every idiom with every cry that it shares a word with, and with many others, in both orders."""
    silenced = [text for text, code in beside_idioms(lexicon) if code not in cries(text, lexicon.language)]
    assert silenced == []


def cries(text: str, language: str) -> frozenset[str]:
    calls, written = speech().calls, spoken(text, language)
    return frozenset(called(calls, heard(calls, written), written))


def beside_idioms(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    chance = random.Random(7)  # the same sample in every run
    cries = [(cry, code) for code, phrases in lexicon.emergency.items() for cry in phrases]
    for idiom, (cry, code) in product(lexicon.idioms, cries):
        shared = set(words_of(idiom, lexicon.language)).intersection(words_of(cry, lexicon.language))
        if shared or chance.random() < SHARE:
            yield f"{idiom} {cry}", code
            yield f"{cry} {idiom}", code


@pytest.mark.parametrize(
    "text", ["stroke I need help", "a knife I am scared", "he took poison I saw it"], ids=str
)
def test_a_short_word_behind_a_cry_does_not_take_it_back(text: str) -> None:
    """Both together are a misspelt cry as well, and a less sure one."""
    assert read(text, "en").emergencies
