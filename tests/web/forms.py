"""Reads forms out of pages and sends them as a browser without script would."""

import re
from html import unescape

from httpx import Response

from tests.web.browser import Browser


def hidden(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the first form that goes to `action`."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.DOTALL)
    assert form, f"no form to {action}"
    return {
        name: unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0])
    }


def buttons(page: str) -> dict[str, str]:
    """Value and label of everything to tap in the conversation."""
    found = re.findall(
        r'<button form="say" name="choice" value="([^"]*)"[^>]*>(.*?)</button>', page, re.DOTALL
    )
    return {unescape(value): unescape(re.sub(r"<[^>]+>", "", label)).strip() for value, label in found}


def say(client: Browser, *, path: str = "/", **what: str) -> Response:
    """Open the chat and send one choice or text from it."""
    page = client.get(path).text
    return client.post("/say", data={**hidden(page, "/say"), **what})
