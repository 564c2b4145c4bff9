"""Imprint, privacy and accessibility pages from the town's own files; Markdown only, HTML in it is shown as text."""

from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import Markup

NAMES = ("imprint", "privacy", "accessibility")
GERMAN_PATHS = {"impressum": "imprint", "datenschutz": "privacy", "barrierefreiheit": "accessibility"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TownText:
    html: Markup
    language: str


def read_town_texts(folder: Path) -> dict[tuple[str, str], TownText]:
    """Every page by (name, language), from files named like privacy.de.md; empty if the folder has none."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    found = {}
    for path in sorted(folder.glob("*.*.md")):
        name, language, _ = path.name.split(".")
        if name in NAMES:
            html = Markup(markdown.render(path.read_text(encoding="utf-8")))  # noqa: S704 - the town's own file, HTML off
            found[name, language] = TownText(html=html, language=language)
    return found


def pick(texts: dict[tuple[str, str], TownText], name: str, language: str) -> TownText | None:
    """The page in `language`, else English, else German."""
    return next((texts[name, code] for code in (language, "en", "de") if (name, code) in texts), None)
