"""Keeping entries fresh on the desk's pages: one tap, a visit, and what a contact has answered by mail."""

import re

import pytest
from playwright.sync_api import Browser as Chromium

from bot.offer_questions import SPENT, TOO_LONG
from tests.web.browser import Browser
from tests.web.fake_checks import GOOD, NO_DAY
from tests.web.fake_team_desk import FakeTeamDesk
from tests.web.forms import hidden
from tests.web.test_browser_pages import PHONE, check, chromium, site

__all__ = ["chromium", "site"]

PAGE, ENTRY = "/desk/pruefen", "/desk/pruefen/cafe"
VISIT, SETTLE = f"{ENTRY}/besuch", f"{ENTRY}/erledigt"
LINK = f"/desk/angebot/{GOOD}"
FOUND = {"day": "2026-11-20", "result": "changed", "found": "Neue Zeiten an der Tür."}


@pytest.fixture
def guide(client: Browser) -> Browser:
    client.cookies.set("kw-desk", "erlenfels-guide")
    return client


def test_what_is_due_stands_with_number_and_hours_the_oldest_first(guide: Browser) -> None:
    part = guide.get(PAGE).text.partition('id="due"')[2]
    assert part.index("Jobcenter") < part.index("Sprachcafé")
    for told in ('href="tel:+496990009123"', "Mi 15:00–17:00", "wird nicht mehr gezeigt", "Und 3 mehr."):
        assert told in part
    assert "zuletzt geprüft: 02.05.2026, Ada (Integrationsguide)" in part


def test_what_somebody_said_is_wrong_comes_before_and_is_never_code(guide: Browser) -> None:
    page = guide.get(PAGE).text
    assert page.index('id="wrong"') < page.index('id="due"')
    assert "„Wir sind umgezogen: &lt;b&gt;Hauptstraße 3&lt;/b&gt;“" in page
    assert "<b>" not in page


@pytest.mark.parametrize("result", ["right", "changed", "closed"])
def test_one_tap_checks_an_entry(guide: Browser, team: FakeTeamDesk, result: str) -> None:
    page = guide.get(PAGE).text
    assert re.search(rf'action="{ENTRY}".*?name="result" value="{result}"', page, re.DOTALL)
    answer = guide.post(ENTRY, data={**hidden(page, ENTRY), "result": result})
    assert answer.status_code == 200
    assert "„Sprachcafé“ ist geprüft." in answer.text
    assert team.done == [("check", "erlenfels-guide", "cafe", result)]


@pytest.mark.parametrize(
    ("path", "form"),
    [("/desk/pruefen/unknown", {"result": "right"}), (ENTRY, {"result": "<script>"}), (ENTRY, {})],
    ids=["no such entry", "no such result", "nothing"],
)
def test_what_cannot_be_noted_is_refused(
    guide: Browser, team: FakeTeamDesk, path: str, form: dict[str, str]
) -> None:
    answer = guide.post(path, data={**hidden(guide.get(PAGE).text, ENTRY), **form})
    assert answer.status_code == 409
    assert "<script>" not in answer.text
    assert team.done == []


def test_an_entry_shows_who_looked_and_what_they_found(guide: Browser) -> None:
    page = guide.get(ENTRY).text
    assert "Zuletzt geprüft: 20.11.2026, Ada (Integrationsguide)" in page
    assert "Zuletzt geändert: 01.06.2026" in page
    assert "Volle Tische &lt;i&gt;" in page
    assert "Kontakt des Angebots" in page


def test_an_entry_of_nowhere_is_not_found(guide: Browser) -> None:
    assert guide.get("/desk/pruefen/unknown").status_code == 404


def test_a_visit_is_noted_with_one_form(guide: Browser, team: FakeTeamDesk) -> None:
    answer = guide.post(VISIT, data={**hidden(guide.get(ENTRY).text, VISIT), **FOUND})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{ENTRY}?fertig=besuch")
    assert team.done == [("visit", "erlenfels-guide", "cafe", *FOUND.values())]
    assert "Der Besuch ist eingetragen." in guide.get(f"{ENTRY}?fertig=besuch").text


def test_a_refused_visit_comes_back_as_it_was_filled_in(guide: Browser, team: FakeTeamDesk) -> None:
    form = hidden(guide.get(ENTRY).text, VISIT)
    answer = guide.post(VISIT, data={**form, **FOUND, "day": "2025-01-01", "found": "<b>zu"})
    assert answer.status_code == 422
    for kept in (NO_DAY, 'value="2025-01-01"', '<option value="changed" selected>', "&lt;b&gt;zu"):
        assert kept in answer.text
    assert hidden(answer.text, VISIT)["id"] == form["id"]
    assert team.done == []


def test_an_answer_that_is_dealt_with_is_settled_once(guide: Browser, team: FakeTeamDesk) -> None:
    form = hidden(guide.get(PAGE).text, SETTLE)
    assert form["quarter"] == "2026-Q4"
    assert guide.post(SETTLE, data=form).status_code == 200
    assert team.done == [("settle", "erlenfels-guide", "cafe", "2026-Q4")]
    assert guide.post(SETTLE, data={**form, "quarter": "2020-Q1"}).status_code == 409


def test_looking_at_a_mails_link_answers_nothing(client: Browser, team: FakeTeamDesk) -> None:
    """Whatever the link says: mail programs open every one of them."""
    for answer in ("right", "changed", "closed"):
        page = client.get(f"{LINK}?antwort={answer}").text
        assert re.search(rf'value="{answer}" checked', page)
    assert team.done == []
    assert GOOD in team.questions.good


def test_the_page_of_a_link_shows_what_newcomers_read(client: Browser) -> None:
    page = client.get(LINK).text
    for told in (
        "Deutsch sprechen bei Kaffee",
        "Mi 15:00–17:00",
        "Freundeskreis &lt;Erlenfels&gt;",
        "Erlenfels",
    ):
        assert told in page
    assert "Abmelden" not in page


def test_a_contact_answers_with_one_button_and_once(client: Browser, team: FakeTeamDesk) -> None:
    form = {**hidden(client.get(LINK).text, LINK), "result": "changed", "words": "Jetzt donnerstags"}
    assert "Danke." in client.post(LINK, data=form).text
    assert team.done == [("answer", GOOD, "changed", "Jetzt donnerstags")]
    again = client.post(LINK, data=form)
    assert (again.status_code, SPENT in again.text) == (403, True)
    assert client.get(LINK).status_code == 404
    assert len(team.done) == 1


def test_what_a_contact_typed_is_not_lost_when_it_is_refused(client: Browser, team: FakeTeamDesk) -> None:
    words = "<i>" + "x" * 600
    form = {**hidden(client.get(LINK).text, LINK), "result": "closed", "words": words}
    answer = client.post(LINK, data=form)
    assert answer.status_code == 422
    assert TOO_LONG in answer.text
    assert "&lt;i&gt;" + "x" * 600 in answer.text
    assert 'value="closed" checked' in answer.text
    assert team.done == []


@pytest.mark.parametrize(
    "token", ["none", "%00", "%F0%9F%98%80", "a" * 4000, "..", "erlenfels.cafe.2026-Q4."]
)
def test_a_forged_link_leads_nowhere(client: Browser, token: str) -> None:
    answer = client.get(f"/desk/angebot/{token}")
    assert answer.status_code in {303, 404}
    assert "Sprachcafé" not in answer.text


def test_a_contact_without_our_page_answers_nothing(client: Browser, team: FakeTeamDesk) -> None:
    assert client.post(LINK, data={"result": "closed"}).status_code == 403
    assert team.done == []


@pytest.mark.parametrize("role", ["guide", "lead", "volunteer"])
def test_the_way_there_stands_on_every_page_of_those_who_may(client: Browser, role: str) -> None:
    client.cookies.set("kw-desk", f"erlenfels-{role}")
    page = client.get("/desk/erreichbar").text
    assert ('href="/desk/pruefen"' in page) is (role != "volunteer")


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_on_a_phone_and_a_screen(
    chromium: Chromium, site: str, width: int, scheme: str
) -> None:
    size, dark = {**PHONE, "width": width}, {"color_scheme": scheme}
    context = chromium.new_context(viewport=size, locale="de", bypass_csp=True, **dark)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site}{LINK}?antwort=changed")
    check(page)
    context.add_cookies([{"name": "kw-desk", "value": "erlenfels-guide", "url": site}])
    for path in (PAGE, ENTRY, "/desk/luecken", "/desk/doppelt"):
        page.goto(f"{site}{path}")
        check(page)
    context.close()
