"""Which addresses of an Integreat server are asked, and what is made of its answers."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.files.integreat_fetch import fetch_integreat
from bot.files.integreat_in import read_integreat
from tests.bot.files.integreat import page, place
from tests.bot.files.offers import problems

ROOT = "https://integreat.test/api/v3/musterstadt"


@dataclass
class FakeOutgoing:
    """A server with these answers, and nothing at any other address."""

    answers: dict[str, Any]
    asked: list[str] = field(default_factory=list)

    def get(self, url: str) -> bytes | None:
        self.asked.append(url)
        answer = self.answers.get(url)
        return answer if answer is None or isinstance(answer, bytes) else json.dumps(answer).encode()


@pytest.mark.parametrize("what", ["locations", "places"])
def test_all_our_languages_and_the_german_pages_are_asked_for(what: str) -> None:
    """Whichever language the address names; one that is not there is missed by nobody."""
    link = '<a href="/musterstadt/de/locations/ort-4/">x</a>'
    server = FakeOutgoing(
        {
            f"{ROOT}/de/{what}/": [place()],
            f"{ROOT}/uk/{what}/": [place(language="uk")],
            f"{ROOT}/de/pages/": [page(link)],
        }
    )
    answers = fetch_integreat(f"{ROOT}/en/{what}", server)
    asked = [url.removeprefix(ROOT) for url in server.asked]
    assert asked == [f"/{code}/{what}/" for code in ("de", "en", "ar", "uk")] + ["/de/pages/"]
    (entry,) = read_integreat("x", answers).rows
    assert set(entry["name"]) == {"de", "uk"}
    assert "hilfe/schulden" in entry["note"]


def test_a_region_that_is_not_there_is_told() -> None:
    (told,) = problems(fetch_integreat, f"{ROOT}/de/locations", FakeOutgoing({}))
    assert "is not there. Check the name of the region." in told


def test_an_answer_that_is_no_json_is_told_with_its_address() -> None:
    (told,) = problems(
        fetch_integreat, f"{ROOT}/de/locations", FakeOutgoing({f"{ROOT}/de/locations/": b"<html>"})
    )
    assert told.startswith(f"{ROOT}/de/locations/, entry 'whole file': is no JSON")


@pytest.mark.parametrize("path", ["", "/de", "/de/events", "/../x/de/locations", "/de/locations/5"])
def test_another_address_is_not_asked(path: str) -> None:
    server = FakeOutgoing({})
    (told,) = problems(fetch_integreat, f"{ROOT}{path}", server)
    assert "is not understood. Write https://<host>/api/v3/<region>/de/locations." in told
    assert server.asked == []
