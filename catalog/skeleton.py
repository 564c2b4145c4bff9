"""The consonants of a word, the same in its own script and in Latin letters; it knows no words.

People who have no keyboard for their script write "khane", "5ane" or "xane" for one Persian word. Vowels
differ most, so they are left out, and letters that are confused are folded into one. Three families of
scripts fold differently: a Latin "w" is a vowel's place in Arabic script and a "в" in Cyrillic.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

FAMILIES = {
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ckb"), "arabic"),
    **dict.fromkeys(("uk", "ru"), "cyrillic"),
    **dict.fromkeys(("ti", "am"), "ethiopic"),
}
"""Languages whose speakers also write in Latin letters, and the family that these are folded by."""

_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[AEIOUW]+$")
_ARABIC = dict(
    zip(
        "بپتثجچحخدذرزژسشصضطظغفقکگلمنهٹڈڑںټډړښږځڅڼ",
        "bbtsjchxdzrzzs$sdtzgfkkglmnhtdrntdr$gzcn",
        strict=True,
    )
)
_CYRILLIC = dict(zip("бвгґджзклмнпрстфхцчшщ", "bvggdzzklmnprstfgccss", strict=True))
_ETHIOPIC = {
    "TH": "t",
    "TS": "s",
    "TZ": "s",
    "SH": "$",
    "SZ": "s",
    "CH": "c",
    "C": "c",
    "Q": "k",
    "QH": "k",
    "KX": "h",
    "KH": "h",
    "HH": "h",
    "X": "h",
    "PH": "p",
    "ZH": "z",
    "NY": "n",
    "Y": "",
    "W": "",
    "V": "b",
}
_PAIRS = {  # two Latin letters for one sound, the longer ones first
    "arabic": (
        ("kh", "x"),
        ("gh", "g"),
        ("sh", "$"),
        ("ch", "c"),
        ("zh", "z"),
        ("th", "s"),
        ("dh", "z"),
        ("ph", "f"),
    ),
    "cyrillic": (
        ("shch", "s"),
        ("sch", "s"),
        ("sh", "s"),
        ("zh", "z"),
        ("ch", "c"),
        ("kh", "g"),
        ("ts", "c"),
    ),
    "ethiopic": (
        ("sh", "$"),
        ("ch", "c"),
        ("ts", "s"),
        ("tz", "s"),
        ("kh", "h"),
        ("gn", "n"),
        ("ny", "n"),
        ("ph", "p"),
    ),
}
_LATIN = {
    "arabic": str.maketrans(
        {
            **dict.fromkeys("aeiouvwy23", ""),
            "5": "x",
            "6": "t",
            "7": "h",
            "8": "k",
            "9": "s",
            "q": "k",
            "p": "b",
        }
    ),
    "cyrillic": str.maketrans({**dict.fromkeys("aeiouyj", ""), "x": "g", "h": "g", "w": "v"}),
    "ethiopic": str.maketrans({**dict.fromkeys("aeiouyw", ""), "x": "s", "q": "k"}),
}


@lru_cache(maxsize=8192)
def skeleton(word: str, family: str) -> str:
    """Consonants of a normalised word, `family` as in FAMILIES; empty if it has none."""
    bones = _DOUBLED.sub(r"\1", _bones(word, family))
    return bones[:-1] if len(bones) > 1 and bones.endswith("h") else bones  # a written or unwritten last "h"


def _bones(word: str, family: str) -> str:
    if "\u0600" <= word[0] <= "\u06ff":
        return _mapped(word, _ARABIC)
    if "\u0400" <= word[0] <= "\u04ff":
        return _mapped(word, _CYRILLIC)
    if "\u1200" <= word[0] <= "\u137f":
        return "".join(map(_syllable, word))
    for pair, sound in _PAIRS[family]:
        word = word.replace(pair, sound)
    return word.translate(_LATIN[family])


def _mapped(word: str, letters: Mapping[str, str]) -> str:
    return "".join(letters.get(letter, "") for letter in word)


def _syllable(letter: str) -> str:
    """The consonant of an Ethiopic syllable, read from its Unicode name."""
    kind, _, sound = unicodedata.name(letter, "").partition("SYLLABLE ")
    if kind != "ETHIOPIC " or sound.startswith(("GLOTTAL", "PHARYNGEAL")):
        return ""
    consonant = _VOWELS.sub("", sound)
    return _ETHIOPIC.get(consonant, consonant[:1].lower())
