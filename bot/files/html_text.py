"""HTML from outside as plain text with its lines; no tag, script or address of a link in it survives.

Plain text may still have < and > in it, where they are no tag: whoever shows it escapes it.
"""

import html
import re

import nh3

from catalog.normalise import MAX_LENGTH, clean

LONGEST = 8 * MAX_LENGTH  # characters that are looked at: tags take room that the text does not need
_BLOCKS = {"p", "br", "li", "div", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"}
_ITEM = re.compile(r"<li>")
_TAG = re.compile(r"</?[a-z1-6]{1,5}>")
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")  # after the blanks are one: else its time grows with their square
_SURROGATES = re.compile(r"[\ud800-\udfff]")  # a JSON file may have half a character; nh3 takes none
_MARKUP = re.compile(r"</?[a-zA-Z!][^<>]*>")


def plain_text(text: str) -> str:
    """One line for each paragraph, items of lists with a dash; at most as long as a text may be."""
    whole = _SURROGATES.sub("", text[:LONGEST])
    kept = nh3.clean(whole, tags=_BLOCKS, attributes={}, link_rel=None)
    kept = _TAG.sub("\n", _ITEM.sub("\n– ", kept.replace("\n", " ")))
    # what was written as &lt;script&gt; is a tag only now; a blank, that its neighbours do not become one
    kept = _BLANKS.sub(" ", _MARKUP.sub(" ", html.unescape(kept)))
    return clean(cut(_LINES.sub("\n", kept).strip(), MAX_LENGTH))


def cut(text: str, most: int) -> str:
    """At most so many characters, cut between words."""
    return text if len(text) <= most else f"{text[: most - 2].rsplit(maxsplit=1)[0]} …"
