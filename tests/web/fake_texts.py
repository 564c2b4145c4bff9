"""Texts for page tests: the key itself, or the words of a table handed in."""

import re
from collections.abc import Mapping

RIGHT_TO_LEFT = {"ar", "fa"}


class FakeTexts:
    """Falls back from the language to English, German and at last the key, as the real wording does."""

    def __init__(self, words: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self.words = words or {}

    def text(self, key: str, language: str, args: Mapping[str, str | int | tuple[str, ...]] = {}) -> str:
        found = next(
            (t[key] for code in (language, "en", "de") if key in (t := self.words.get(code, {}))), key
        )
        return re.sub(r"\{(\w+)\}", lambda name: str(args.get(name[1], name[0])), found)

    def direction(self, language: str) -> str:
        return "rtl" if language in RIGHT_TO_LEFT else "ltr"
