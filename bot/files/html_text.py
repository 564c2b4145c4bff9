"""HTML from outside as plain text with its lines; no tag, script or address in it survives."""

import html
import re

import nh3

from catalog.normalise import MAX_LENGTH, clean

LONGEST = 200_000  # characters that are looked at
_BLOCKS = {"p", "br", "li", "div", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"}
_ITEM = re.compile(r"<li>")
_TAG = re.compile(r"</?[a-z1-6]{1,5}>")
_BLANKS = re.compile(r"[ \t\u00a0]+")
_LINES = re.compile(r"\s*\n\s*")


def plain_text(text: str) -> str:
    """One line for each paragraph, items of lists with a dash; at most as long as a text may be."""
    kept = nh3.clean(text[:LONGEST], tags=_BLOCKS, attributes={}, link_rel=None)
    kept = _TAG.sub("\n", _ITEM.sub("\n– ", kept.replace("\n", " ")))
    kept = _BLANKS.sub(" ", html.unescape(kept))
    return clean(cut(_LINES.sub("\n", kept).strip(), MAX_LENGTH))


def cut(text: str, most: int) -> str:
    """At most so many characters, cut between words."""
    return text if len(text) <= most else f"{text[: most - 2].rsplit(maxsplit=1)[0]} …"
