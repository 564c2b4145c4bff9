"""HTML from outside becomes plain text, whatever is in it, and in no time."""

import time

import pytest

from bot.files.html_text import LONGEST, plain_text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>Eins</p><p>Zwei</p>", "Eins\nZwei"),
        ("<ul><li>Eins</li><li>Zwei</li></ul>", "– Eins\n– Zwei"),
        ("Eins \u2003\x0b &nbsp; Zwei", "Eins Zwei"),
        ("<script>alert(1)</script>Eins", "Eins"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "alert(1)"),
        ("&lt;img src=x onerror=y&gt;Eins", "Eins"),
        ("&lt;&lt;b&gt;script&gt;Eins", "< script>Eins"),
        ("ab 3 &lt; 4 Jahre &gt; 2", "ab 3 < 4 Jahre > 2"),
        ("Eins\ud83dZwei", "EinsZwei"),
    ],
)
def test_what_stands_there_is_left_as_plain_text(text: str, plain: str) -> None:
    """Lines and items stay; tags go, also those that were hidden as entities, and halves of characters."""
    assert plain_text(text) == plain


@pytest.mark.parametrize("blank", ["\u2003", "\x0b", " ", "<br>", "&#8195;", "&lt;a", "<"])
def test_no_text_takes_long(blank: str) -> None:
    started = time.monotonic()
    plain_text(f"a{blank * (LONGEST * 20)}b")
    assert time.monotonic() - started < 1
