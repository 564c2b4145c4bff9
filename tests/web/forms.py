"""Reads forms out of pages and sends them as a browser without script would."""

import re
from html import unescape
from urllib.parse import urlencode

from httpx import Response

from tests.web.browser import Browser

Fields = list[tuple[str, str]]


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


def fields_in(page: str, action: str) -> Fields:
    """What a browser would send of the form if nobody touched it."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.DOTALL)
    assert form, f"no form to {action}"
    found: Fields = []
    for tag in re.findall(
        r"<input\b[^>]*>|<textarea\b.*?</textarea>|<select\b.*?</select>", form[0], re.DOTALL
    ):
        name = re.search(r' name="([^"]*)"', tag)
        value = re.search(r' value="([^"]*)"', tag)
        to_tick = 'type="checkbox"' in tag or 'type="radio"' in tag
        if name is None or (to_tick and " checked" not in tag):
            continue
        if tag.startswith("<select"):
            chosen = re.search(r'<option value="([^"]*)" selected', tag) or re.search(
                r'<option value="([^"]*)"', tag
            )
            found.append((name[1], unescape(chosen[1] if chosen else "")))
        elif tag.startswith("<textarea"):
            found.append((name[1], unescape(re.sub(r"^<textarea[^>]*>\n?|</textarea>$", "", tag))))
        else:
            found.append((name[1], unescape(value[1]) if value else ""))
    return found


def send(client: Browser, path: str, fields: Fields) -> Response:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    return client.send(path, urlencode(fields).encode(), kind)


def changed(fields: Fields, **values: str) -> Fields:
    named = {name.replace("__", "."): value for name, value in values.items()}
    return [field for field in fields if field[0] not in named] + list(named.items())
