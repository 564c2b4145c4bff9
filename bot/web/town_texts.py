"""Imprint, privacy and accessibility from the town's own Markdown texts; HTML in them is shown as text."""

from collections.abc import Mapping
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markupsafe import Markup

NAMES = ("imprint", "privacy", "accessibility")
GERMAN_PATHS = {"impressum": "imprint", "datenschutz": "privacy", "barrierefreiheit": "accessibility"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TownText:
    html: Markup
    language: str


def rendered(pages: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], TownText]:
    """The town's pages as HTML, by name and language."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    return {
        (name, language): TownText(html=Markup(markdown.render(text)), language=language)  # noqa: S704 - HTML is off
        for (name, language), text in pages.items()
    }


def pick(texts: dict[tuple[str, str], TownText], name: str, language: str) -> TownText | None:
    """The page in `language`, else English, else German."""
    return next((texts[name, code] for code in (language, "en", "de") if (name, code) in texts), None)
