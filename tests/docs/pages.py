"""The project's pages, their headings and links, as a reader on the repository's site would follow them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.tree import ROOT

_CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_IMAGE = re.compile(r"<(?:img|source|a)\b[^>]*?(?:src|srcset|href)=\"([^\"]+)\"")
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A relative link: the page it stands on, the file it points to, the heading's anchor or nothing."""

    page: Path
    target: Path
    anchor: str


def pages() -> list[Path]:
    """Every page about the project: those at the top and all in `docs/`."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def prose(page: Path) -> str:
    """The page without blocks of code."""
    return _CODE.sub("", page.read_text("utf-8"))


def links(page: Path) -> Iterator[Link]:
    """Relative links only; whether other sites answer is nothing a test may depend on."""
    text = prose(page)
    for found in [*_LINK.findall(_SPAN.sub("", text)), *_IMAGE.findall(text)]:
        if not _ELSEWHERE.match(found):
            path, _, anchor = found.partition("#")
            yield Link(page=page, target=(page.parent / path).resolve() if path else page, anchor=anchor)


def anchors(page: Path) -> set[str]:
    """What a link may name after `#`: headings in small letters, without marks, spaces as hyphens."""
    plain = (heading.replace("`", "").lower() for heading in _HEADING.findall(prose(page)))
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}


def broken(link: Link) -> str:
    """Why the link leads nowhere; empty if it does not."""
    if not link.target.exists():
        return f"{link.page.name}: there is no {link.target.name}"
    if link.anchor and link.target.suffix == ".md" and link.anchor not in anchors(link.target):
        return f"{link.page.name}: {link.target.name} has no heading #{link.anchor}"
    return ""
