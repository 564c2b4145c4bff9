"""Turns telephone numbers and web addresses in plain text into links; everything else is escaped."""

import re

from markupsafe import Markup, escape

TELEPHONE = r"(?:\+49 ?|0)[1-9](?:[ /–-]?\d){4,13}|116 ?\d{3}|11[0256]"
FOUND = re.compile(
    rf"(?P<web>https://[^\s<>\"'\u2068\u2069]{{4,300}})|(?<![\d\w.:/-])(?P<tel>{TELEPHONE})(?![\w:]|\.\d|-\d)"
)
ISOLATES = "\u2068\u2069"


def _link(found: re.Match[str]) -> Markup:
    if web := found["web"]:
        target = web.rstrip(".,;:!?)")
        rest = web[len(target) :]
        return Markup('<a href="{0}" rel="noopener noreferrer" target="_blank" dir="ltr">{0}</a>{1}').format(
            target, rest
        )
    number = found["tel"]
    dialled = re.sub(r"[^\d+]", "", number)
    return Markup('<a class="tel" href="tel:{}" dir="ltr">{}</a>').format(dialled, number)


def linked(line: str) -> Markup:
    """One line of text as HTML, numbers and addresses tappable."""
    parts: list[str] = []
    end = 0
    for found in FOUND.finditer(line):
        parts += [escape(line[end : found.start()]), _link(found)]
        end = found.end()
    return Markup("").join([*parts, escape(line[end:])])


def paragraphs(text: str) -> list[list[str]]:
    """Blank lines part paragraphs, single breaks part lines."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return [
        lines for block in blocks if (lines := [line.strip() for line in block.split("\n") if line.strip()])
    ]
