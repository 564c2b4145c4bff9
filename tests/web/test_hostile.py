"""Forms that no page of ours would send, and faults that nobody foresaw."""

import re

import pytest
from starlette.applications import Starlette

from bot.web.app import web_app
from bot.web.site import WebTown
from tests.web.browser import Browser
from tests.web.conftest import SETTINGS
from tests.web.fake_newcomer_desk import FakeNewcomerDesk
from tests.web.fake_team_desk import FakeTeamDesk
from tests.web.fake_texts import FakeTexts
from tests.web.forms import hidden, say

BOUNDARY = "x7"


def lone_surrogate(name: str) -> bytes:
    """A multipart form in an encoding that can say what UTF-8 cannot."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
    return head + b"+2D0-" + f"\r\n--{BOUNDARY}--\r\n".encode()


@pytest.mark.parametrize("path", ["/say", "/weiter", "/weiter/none"])
@pytest.mark.parametrize("name", ["token", "text", "id", "choice"])
def test_a_form_in_a_strange_encoding_is_refused_and_not_a_fault(
    client: Browser, path: str, name: str
) -> None:
    kind = {"content-type": f"multipart/form-data; boundary={BOUNDARY}; charset=utf-7"}
    answer = client.send(path, lone_surrogate(name), kind)
    assert answer.status_code in (303, 403, 413, 422), answer.status_code


def test_a_link_back_is_made_and_used_by_our_own_forms_only(client: Browser, app: Starlette) -> None:
    """Another site can post here, but it has no token: no link is made, none is spent."""
    say(client, choice="r.consent:yes")
    assert client.post("/weiter", data={"token": "made-up"}).status_code == 403
    page = client.post(
        "/weiter?lang=de", data=hidden(client.get("/weiter?lang=de").text, "/weiter?lang=de")
    ).text
    link = re.findall(r'href="http://testserver(/weiter/\w+)"', page)[0]
    other = Browser(app)
    assert other.post(link, data={"token": "made-up"}).status_code == 403
    own = f"{link}?lang=en"
    assert other.post(own, data=hidden(other.get(link).text, own)).status_code == 303


class Broken(FakeNewcomerDesk):
    def languages(self) -> tuple[tuple[str, str, str], ...]:
        raise RuntimeError("words that somebody wrote")


def test_a_fault_nobody_foresaw_is_a_short_answer_with_the_emergency_numbers(
    team: FakeTeamDesk, town: WebTown, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither the answer nor the log holds the exception's text."""
    client = Browser(web_app(Broken(), team.desks, FakeTexts(), [town], SETTINGS))
    answer = client.get("/imprint")
    assert answer.status_code == 500
    assert "112" in answer.text
    told = capfd.readouterr()
    assert "words that somebody wrote" not in answer.text + told.out + told.err
