"""The guide desk: what each page shows and does, for those who may."""

import re
from dataclasses import replace

import pytest

from bot.web.app import web_app
from bot.web.site import WebTown
from casework.team import Role
from tests.web.browser import Browser
from tests.web.conftest import SETTINGS
from tests.web.fake_newcomer_desk import FakeNewcomerDesk
from tests.web.fake_team_desk import FakeTeamDesk
from tests.web.fake_texts import FakeTexts
from tests.web.forms import hidden

CASE = "/desk/fall/c2"
OPEN_CASE = "/desk/fall/c1"


@pytest.fixture
def guide(client: Browser) -> Browser:
    client.cookies.set("kw-desk", "erlenfels-guide")
    return client


def test_opening_an_invitation_spends_nothing(client: Browser, team: FakeTeamDesk) -> None:
    """Messengers open every link for a preview."""
    pages = [client.get("/desk/einladung/good-invitation-token") for _ in range(3)]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert "Integrationsguide" in pages[0].text
    assert team.invitations


def test_an_invitation_is_spent_once_by_its_button(client: Browser) -> None:
    path = "/desk/einladung/good-invitation-token"
    sent = {**hidden(client.get(path).text, path), "name": "Neu", "password": "lang-genug-dafür"}
    entered = client.post(path, data=sent)
    assert (entered.status_code, entered.headers["location"]) == (303, "/desk")
    assert "httponly" in entered.headers["set-cookie"].lower()
    client.cookies.clear()
    assert client.post(path, data=sent).status_code == 403


def test_a_short_password_does_not_spend_the_invitation(client: Browser, team: FakeTeamDesk) -> None:
    path = "/desk/einladung/good-invitation-token"
    sent = {**hidden(client.get(path).text, path), "name": "Neu", "password": "kurz"}
    assert client.post(path, data=sent).status_code == 422
    assert team.invitations


@pytest.mark.parametrize(("password", "status"), [("richtig und lang", 303), ("falsch", 403)])
def test_signing_in_takes_name_and_password(client: Browser, password: str, status: int) -> None:
    form = hidden(client.get("/desk/anmelden").text, "/desk/anmelden")
    answer = client.post("/desk/anmelden", data={**form, "name": "Frau Guide", "password": password})
    assert answer.status_code == status


def test_guessing_passwords_is_slowed_down(client: Browser) -> None:
    form = hidden(client.get("/desk/anmelden").text, "/desk/anmelden")
    tries = [
        client.post("/desk/anmelden", data={**form, "name": "Frau Guide", "password": "x"}) for _ in range(12)
    ]
    assert [answer.status_code for answer in tries] == [403] * 10 + [429] * 2


def test_guessing_names_is_slowed_down_too(client: Browser) -> None:
    """Each try costs a password check, whoever it is for."""
    form = hidden(client.get("/desk/anmelden").text, "/desk/anmelden")
    tries = [
        client.post("/desk/anmelden", data={**form, "name": f"name {n}", "password": "x"}) for n in range(42)
    ]
    assert [answer.status_code for answer in tries].count(429) >= 1


def test_the_board_shows_who_waits_and_what_is_mine(guide: Browser) -> None:
    page = guide.get("/desk").text
    assert page.index("Fall 1041") < page.index("Meine Fälle") < page.index("Fall 1038")
    assert "2 neu" in page
    assert "seit einem Tag nicht abgeholt" in page


def test_a_case_shows_the_conversation_and_that_reading_is_noted(guide: Browser, team: FakeTeamDesk) -> None:
    page = guide.get(CASE).text
    for words in ("ein bisschen", "Erkannt: Deutschkurs finden", "noch nicht abgeholt", "abgeholt 23.11."):
        assert words in page
    assert "Wer diesen Fall liest, wird festgehalten." in page
    assert team.read == ["erlenfels-guide"]


def test_in_danger_the_page_says_what_to_do(guide: Browser) -> None:
    told = "Bei akuter Gefahr rufen Sie selbst 112 an."
    assert told in guide.get(OPEN_CASE).text
    assert told not in guide.get(CASE).text


def test_beside_the_outcomes_stands_how_somebody_else_takes_over(guide: Browser) -> None:
    """Whoever passes a case on must not end it."""
    page = guide.get(CASE).text
    assert "übergeben" not in page
    assert page.index('name="outcome"') < page.index("Zurückgeben: Jemand anders soll übernehmen")


def test_waiting_for_news_is_not_reading(guide: Browser, team: FakeTeamDesk) -> None:
    assert "Neue Nachricht" in guide.get(f"{CASE}/neu").text
    assert guide.get(f"{OPEN_CASE}/neu").status_code == 204
    assert team.read == []


@pytest.mark.parametrize(
    ("case", "step", "more", "noted"),
    [
        (OPEN_CASE, "uebernehmen", {}, ("take", "erlenfels-guide", "c1")),
        (OPEN_CASE, "nicht-jetzt", {}, ("not_now", "erlenfels-guide", "c1")),
        (CASE, "zurueckgeben", {}, ("give_back", "erlenfels-guide", "c2")),
        (CASE, "abschliessen", {"outcome": "answered"}, ("close", "erlenfels-guide", "c2", "answered")),
        (CASE, "schreiben", {"text": "Guten Tag"}, ("write", "erlenfels-guide", "c2", "Guten Tag")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_step_of_a_case_is_one_button(
    guide: Browser, team: FakeTeamDesk, case: str, step: str, more: dict[str, str], noted: tuple[str, ...]
) -> None:
    form = hidden(guide.get(case).text, f"{case}/{step}")
    answer = guide.post(f"{case}/{step}", data={**form, **more})
    assert answer.status_code == 303
    assert team.done == [noted]


def test_a_case_that_is_gone_says_so_and_keeps_what_was_written(guide: Browser, team: FakeTeamDesk) -> None:
    form = hidden(guide.get(OPEN_CASE).text, f"{OPEN_CASE}/uebernehmen")
    team.owners["c1"] = "erlenfels-deputy"
    answer = guide.post(f"{OPEN_CASE}/uebernehmen", data=form)
    assert answer.status_code == 409
    assert "schon vergeben" in answer.text


def test_a_stale_page_keeps_what_was_written(guide: Browser) -> None:
    answer = guide.post(
        f"{CASE}/schreiben", data={"token": "old", "id": "12345678", "text": "Ein langer Brief"}
    )
    assert answer.status_code == 403
    assert "Ein langer Brief</textarea>" in answer.text


def test_a_fault_keeps_what_was_written(guide: Browser, team: FakeTeamDesk) -> None:
    form = hidden(guide.get(CASE).text, f"{CASE}/schreiben")
    team.broken = True
    answer = guide.post(f"{CASE}/schreiben", data={**form, "text": "Ein langer Brief"})
    assert answer.status_code == 503
    assert "Ein langer Brief</textarea>" in answer.text


def test_a_letter_that_is_too_long_stays_in_its_field(guide: Browser, team: FakeTeamDesk) -> None:
    form = hidden(guide.get(CASE).text, f"{CASE}/schreiben")
    answer = guide.post(f"{CASE}/schreiben", data={**form, "text": "x" * 2001})
    assert answer.status_code == 422
    assert "x" * 2001 in answer.text
    assert hidden(answer.text, f"{CASE}/schreiben")["id"] == form["id"]
    assert team.done == []


def test_what_people_write_is_never_markup(guide: Browser) -> None:
    form = hidden(guide.get(CASE).text, f"{CASE}/schreiben")
    page = guide.post(f"{CASE}/schreiben", data={**form, "text": "<script>" + "x" * 2000}).text
    assert "<script>x" not in page


def test_an_invitation_link_is_shown_once(guide: Browser, team: FakeTeamDesk) -> None:
    form = hidden(guide.get("/desk/team").text, "/desk/team/einladen")
    page = guide.post("/desk/team/einladen", data={**form, "role": "deputy"}).text
    assert re.search(r"http://testserver/desk/einladung/new-invitation-token", page)
    assert team.done == [("invite", "erlenfels-guide", Role.DEPUTY)]


@pytest.mark.parametrize("role", ["lead", "guide", "nonsense"])
def test_a_guide_invites_no_one_above(guide: Browser, team: FakeTeamDesk, role: str) -> None:
    form = hidden(guide.get("/desk/team").text, "/desk/team/einladen")
    assert guide.post("/desk/team/einladen", data={**form, "role": role}).status_code == 403
    assert team.done == []


def test_signing_out_ends_the_session(guide: Browser, team: FakeTeamDesk) -> None:
    guide.post("/desk/abmelden", data=hidden(guide.get("/desk").text, "/desk/abmelden"))
    assert team.done == [("sign_out", "erlenfels-guide")]


def test_who_reads_cases_enters_with_a_password_and_the_page_says_so(
    client: Browser, team: FakeTeamDesk
) -> None:
    path = "/desk/einladung/good-invitation-token"
    page = client.get(path).text
    assert "freiwillig" not in page
    sent = {**hidden(page, path), "name": "Neu", "password": ""}
    assert client.post(path, data=sent).status_code == 422
    assert team.invitations


def test_in_the_demo_the_password_is_optional_and_the_page_says_so(
    newcomers: FakeNewcomerDesk, team: FakeTeamDesk, town: WebTown
) -> None:
    settings = replace(SETTINGS, demo=True)
    client = Browser(web_app(newcomers, team.desks, FakeTexts(), [town], settings))
    path = "/desk/einladung/good-invitation-token"
    page = client.get(path).text
    assert "In dieser Vorführung ist das Passwort freiwillig." in page
    assert client.post(path, data={**hidden(page, path), "name": "Neu", "password": ""}).status_code == 303


def test_the_sign_in_page_says_how_to_come_back_without_a_password(client: Browser) -> None:
    assert (
        "Passwort vergessen oder noch kein Zugang? Die Leitung, eine Kollegin oder die IT Ihrer Stadt "
        "schickt Ihnen eine neue Einladung."
    ) in client.get("/desk/anmelden").text


def test_someone_known_renews_without_choosing_a_name(client: Browser, team: FakeTeamDesk) -> None:
    team.known = "Anna Guide"
    page = client.get("/desk/einladung/good-invitation-token").text
    assert "Hier erneuern Sie Ihren Zugang" in page
    assert "Anna Guide" in page
    assert "So sehen die anderen" not in page


def test_access_is_renewed_for_those_one_may_appoint(guide: Browser, team: FakeTeamDesk) -> None:
    page = guide.get("/desk/team").text
    path = "/desk/team/erlenfels-deputy/erneuern"
    shown = guide.post(path, data=hidden(page, path)).text
    assert "/desk/einladung/renewed-invitation-token" in shown
    for other in ("erlenfels-lead", "erlenfels-guide"):
        assert f"{other}/erneuern" not in page
        assert guide.post(f"/desk/team/{other}/erneuern", data=hidden(page, path)).status_code == 403
    assert team.done == [("renew", "erlenfels-guide", "erlenfels-deputy")]


def test_an_alarm_stands_on_the_line_and_on_the_case(guide: Browser) -> None:
    for page in (guide.get("/desk").text, guide.get(OPEN_CASE).text):
        assert re.search(r'class="tag pressing alarm">Notfall: Ich werde bedroht<', page)


def test_closed_cases_are_listed_without_what_they_were_about(guide: Browser) -> None:
    listed = guide.get("/desk").text.partition("Zuletzt abgeschlossen")[2]
    assert "Fall 1007" in listed
    assert "Frage beantwortet" in listed
    assert "Wohnung suchen" not in listed


def test_a_closed_case_says_how_it_ended_and_offers_nothing_to_do(guide: Browser) -> None:
    page = guide.get("/desk/fall/c3").text
    assert "abgeschlossen: Frage beantwortet" in page
    assert "Er gehört niemandem mehr." in page
    assert "uebernehmen" not in page
    assert "/schreiben" not in page


@pytest.mark.parametrize(
    ("number", "status", "told"),
    [
        ("1007", 303, "/desk/fall/c3"),
        (" 1041 ", 303, "/desk/fall/c1"),
        ("7", 404, "Einen Fall 7 gibt es hier nicht."),
        ("", 422, "Bitte geben Sie die Nummer des Falls als Zahl ein."),
        ("sieben", 422, "Bitte geben Sie die Nummer des Falls als Zahl ein."),
        ("9" * 40, 422, "Bitte geben Sie die Nummer des Falls als Zahl ein."),
    ],
)
def test_a_case_is_opened_by_its_number(guide: Browser, number: str, status: int, told: str) -> None:
    answer = guide.get(f"/desk/fall?nummer={number}")
    assert answer.status_code == status
    assert told in (answer.headers.get("location", "") + answer.text)
