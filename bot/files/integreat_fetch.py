"""Asks an Integreat server for the places of a region in our languages, and for its German pages."""

import re
from typing import Any, Protocol
from urllib.parse import urlsplit

from bot.files.columns import LANGUAGES
from bot.files.integreat_in import GERMAN
from bot.files.json_file import parsed
from bot.files.opening import refused

_API = re.compile(
    r"/api/v3/(?P<region>[a-z0-9\-]{1,60})/(?P<language>[a-z\-]{2,10})/(?P<what>locations|places)/?"
)


class Asks(Protocol):
    """Gets what stands at an address; None if nothing does. Raises CatalogError."""

    def get(self, url: str) -> bytes | None: ...


def fetch_integreat(url: str, outgoing: Asks) -> list[Any]:
    """Its answers. Raises CatalogError if the address is none of Integreat's, or not allowed, or silent."""
    try:
        found = _API.fullmatch(urlsplit(url).path)
    except ValueError:
        raise refused(url[:80], "is no address. Write https://<host>/api/v3/<region>/de/locations.") from None
    if found is None:
        raise refused(url[:80], "is not understood. Write https://<host>/api/v3/<region>/de/locations.")
    region = f"{url.partition('/api/v3/')[0]}/api/v3/{found['region']}"
    asked = [f"{region}/{language}/{found['what']}/" for language in (GERMAN, *LANGUAGES)]
    answers = [(address, outgoing.get(address)) for address in (*asked, f"{region}/{GERMAN}/pages/")]
    if answers[0][1] is None:
        raise refused(asked[0], "is not there. Check the name of the region.")
    return [parsed(address, answer) for address, answer in answers if answer is not None]
