"""One text form for matching and one for keeping what people wrote; it does not guess a language."""

import re
import unicodedata
from functools import lru_cache

MAX_LENGTH = 2000  # characters of one message; cut before any expression sees the text
MARKS_IN_A_ROW = (
    3  # vocalised Arabic, Tigrinya and Hindi need two; stacks of marks are an attack on the screen
)

# Zero-width and direction characters, soft hyphen and tatweel: invisible, but they split words.
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x0640, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
)
_ARABIC = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىئيېۍے", "ی"),
        **dict.fromkeys("ةۀە", "ه"),
        "ك": "ک",
        "ؤ": "و",
        "ء": "",
    }
)
_TURKISH = str.maketrans({"İ": "i", "I": "ı"})
_LATIN = str.maketrans({"ß": "ss", "ı": "i", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ə": "e"})
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´′"))
_ARTICLE = re.compile(r"^(?:وال|بال|فال|کال|لل|ال)(?=\w{3})")
_NO_ARTICLE = {"fa", "ur", "ps", "ckb"}
_LONG_RUN = re.compile(r"(\D)\1{2,}")  # "hellooooo"; digits stay: 116 111 is a number
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}
_KEPT = {"\n", "\t", "\u200c", "\u200d"}  # joiners carry meaning in Persian, Hindi and emoji


def normalise(text: str, language: str | None = None) -> str:
    """Words in one spelling, parted by single blanks; empty if there is no letter or digit.

    Folds compatibility forms, Arabic letter variants, digits to ASCII, case (Turkish I if `language` is
    "tr"), vowel marks and diacritics. Not reversible; never show it to a person.
    """
    text = unicodedata.normalize("NFKC", text[:MAX_LENGTH]).translate(_INVISIBLE).translate(_APOSTROPHES)
    if language == "tr":
        text = text.translate(_TURKISH)
    text = text.casefold().translate(_LATIN)
    text = "".join(map(_bare, unicodedata.normalize("NFD", text))).translate(_ARABIC)
    return " ".join(_LONG_RUN.sub(r"\1\1", text).split())


@lru_cache(maxsize=4096)
def _bare(character: str) -> str:
    """A letter as it is, any digit in ASCII, a mark as nothing, all else as a blank."""
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category[0] == "M":
        # Indic vowel signs are letters in all but name; marks of Latin, Cyrillic, Arabic and Hebrew go.
        return character if "\u0900" <= character <= "\u0eff" else ""
    return character if category[0] in "LN" else " "


def words_of(text: str, language: str | None = None) -> list[str]:
    """Normalised words in order; the Arabic article is taken off, as a word may come with or without it.

    Persian, Urdu and Pashto have no such article, but words that begin with its letters.
    """
    words = normalise(text, language).split()
    return words if language in _NO_ARTICLE else [_ARTICLE.sub("", word) for word in words]


def clean(text: str) -> str:
    """What a person wrote, safe to keep: NFC, no control or direction characters, at most MAX_LENGTH long."""
    text = unicodedata.normalize("NFC", text[: 2 * MAX_LENGTH].replace("\r\n", "\n").replace("\r", "\n"))
    kept: list[str] = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        unwanted = category in _DROPPED and character not in _KEPT
        if not unwanted and marks <= MARKS_IN_A_ROW:
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept)[:MAX_LENGTH]).strip()
