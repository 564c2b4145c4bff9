"""An invitation says which link is for what: to whoever gives it on, and to whoever comes in by it."""

import re
from dataclasses import replace
from html import unescape

import pytest
from playwright.sync_api import Browser as Chromium

from bot.team_reach import Ways
from bot.web.app import web_app
from bot.web.site import WebTown
from casework.team import Role
from tests.web.browser import Browser
from tests.web.conftest import SETTINGS
from tests.web.fake_newcomer_desk import FakeNewcomerDesk
from tests.web.fake_team_desk import FakeTeamDesk
from tests.web.fake_texts import FakeTexts
from tests.web.forms import hidden
from tests.web.test_browser_pages import PHONE, check, chromium, site

__all__ = ["chromium", "site"]

INVITE, RENEW = "/desk/team/einladen", "/desk/team/erlenfels-{role}/erneuern"
COME_IN = "/desk/einladung/good-invitation-token"
WEB = "http://testserver/desk/einladung/new-invitation-token"
TELEGRAM = "https://t.me/erlenfels_team_bot?start=new-invitation-token"
BY_BOT, BY_WEB = "Für das Handy: in Telegram öffnen", "Im Browser"


def sign_in(client: Browser) -> Browser:
    client.cookies.set("kw-desk", "erlenfels-guide")
    return client


@pytest.fixture
def guide(client: Browser) -> Browser:
    return sign_in(client)


def invited(guide: Browser, role: str) -> str:
    """The page with the new links."""
    form = hidden(guide.get("/desk/team").text, INVITE)
    return unescape(guide.post(INVITE, data={**form, "role": role}).text)


def renewed(guide: Browser, role: str) -> str:
    path = RENEW.format(role=role)
    return unescape(guide.post(path, data=hidden(guide.get("/desk/team").text, path)).text)


def beneath(page: str, heading: str) -> str:
    """The text from one heading to the next link."""
    found = re.search(rf"<h3>{re.escape(heading)}</h3>(.*?)<a ", page, re.DOTALL)
    assert found, heading
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def test_both_ways_are_links_each_with_what_it_is_for(guide: Browser) -> None:
    page = invited(guide, "deputy")
    found = re.findall(r'<h3>(.*?)</h3>|<a href="(http[^"]+)" rel="noreferrer"', page)
    assert [heading or link for heading, link in found] == [BY_BOT, TELEGRAM, BY_WEB, WEB]
    assert "<svg" in page.partition(BY_BOT)[2].partition(BY_WEB)[0]
    assert "Geben Sie der Person einen der beiden Links." in page


def test_without_a_bot_there_is_one_link_and_no_word_of_another(guide: Browser, team: FakeTeamDesk) -> None:
    team.reach.own = Ways()
    page = invited(guide, "deputy")
    assert "Geben Sie der Person diesen Link." in page
    assert WEB in page
    for other in ("t.me", "Telegram öffnen", "beiden", "<h3>"):
        assert other not in page


def test_for_a_volunteer_the_page_promises_reminders_and_no_desk(guide: Browser) -> None:
    page = invited(guide, "volunteer")
    assert beneath(page, BY_BOT) == (
        "Die Person tippt auf „Starten“ und dann auf „Ich mache mit“."
        " Danach erinnert sie der Bot an ihre Einsätze."
    )
    assert beneath(page, BY_WEB) == (
        "Dort trägt die Person ihren Namen ein. Dann wählt sie, wie sie an ihre Einsätze erinnert wird."
        " Fälle sieht sie nicht."
    )


def test_where_nobody_can_be_reminded_no_reminder_is_promised(guide: Browser, team: FakeTeamDesk) -> None:
    """Neither to whoever invites a volunteer nor to the volunteer."""
    team.reach.own = Ways()
    page = invited(guide, "volunteer")
    assert "Erinnert wird sie an ihre Einsätze nicht" in page
    assert "wählt sie, wie" not in page
    guide.cookies.set("kw-desk", "erlenfels-volunteer")
    page = guide.get("/desk/erreichbar").text
    assert "Ihre Stadt verschickt gerade keine Erinnerungen an Einsätze." in page
    assert "wählen Sie" not in page


@pytest.mark.parametrize(
    ("public_url", "told"),
    [
        ("http://testserver", "Für den Arbeitsplatz bekommt sie dort einen Link."),
        (None, "Für den Arbeitsplatz erneuern Sie dann hier ihren Zugang."),
    ],
    ids=["the bot knows the pages", "it does not"],
)
def test_for_who_works_at_the_desk_it_says_how_they_come_to_it(
    newcomers: FakeNewcomerDesk, team: FakeTeamDesk, town: WebTown, public_url: str | None, told: str
) -> None:
    """The bot gives a link to choose a password only where it knows an address to send."""
    settings = replace(SETTINGS, public_url=public_url)
    app = web_app(newcomers, team.desks, FakeTexts(), [town], settings)
    page = invited(sign_in(Browser(app)), "deputy")
    assert beneath(page, BY_BOT).endswith(told)
    assert beneath(page, BY_WEB) == "Dort wählt die Person Namen und Passwort für den Arbeitsplatz."


@pytest.mark.parametrize(
    ("role", "by_bot", "by_web"),
    [
        ("deputy", "Ihr Passwort bleibt.", "Dort wählt die Person ein neues Passwort."),
        (
            "volunteer",
            "Danach erinnert sie der Bot an ihre Einsätze.",
            "Dann wählt sie, wie sie an ihre Einsätze erinnert wird. Fälle sieht sie nicht.",
        ),
    ],
)
def test_for_who_is_known_it_says_what_is_renewed(
    guide: Browser, role: str, by_bot: str, by_web: str
) -> None:
    page = renewed(guide, role)
    assert beneath(page, BY_BOT) == f"Die Person tippt auf „Starten“ und dann auf „Verbinden“. {by_bot}"
    assert beneath(page, BY_WEB) == by_web


def test_a_volunteer_who_comes_in_reads_what_comes_next(client: Browser, team: FakeTeamDesk) -> None:
    team.invitations["good-invitation-token"] = Role.VOLUNTEER
    assert "Danach sehen Sie, wie Sie an Ihre Einsätze erinnert werden können." in client.get(COME_IN).text
    team.invitations["good-invitation-token"] = Role.GUIDE
    assert "Einsätze" not in client.get(COME_IN).text


def test_a_first_password_is_chosen_and_not_renewed(client: Browser, team: FakeTeamDesk) -> None:
    """Whoever came in by the team's bot has none yet, and signs in by the name that stands there."""
    team.known, team.passwordless = "Anna Guide", True
    page = client.get(COME_IN).text
    assert "Hier wählen Sie Ihr Passwort für den Arbeitsplatz" in page
    assert re.search(r"Mit dem Namen <strong dir=\"auto\">Anna Guide</strong> und dem Passwort melden", page)
    assert "Passwort wählen</button>" in page
    for other in ("erneuern", "Neues Passwort", "So sehen die anderen"):
        assert other not in page


@pytest.mark.parametrize(
    ("role", "passwordless"),
    [(Role.GUIDE, False), (Role.VOLUNTEER, True)],
    ids=["a password is there", "none is needed"],
)
def test_where_there_is_no_first_password_to_choose_access_is_renewed(
    client: Browser, team: FakeTeamDesk, role: Role, passwordless: bool
) -> None:
    team.invitations["good-invitation-token"] = role
    team.known, team.passwordless = "Anna Guide", passwordless
    page = client.get(COME_IN).text
    assert "Hier erneuern Sie Ihren Zugang" in page
    assert "Neues Passwort" in page
    assert "Passwort wählen" not in page


@pytest.mark.parametrize("role", ["deputy", "volunteer"])
def test_the_pages_fit_a_phone(chromium: Chromium, site: str, team: FakeTeamDesk, role: str) -> None:
    context = chromium.new_context(viewport=PHONE, locale="de", bypass_csp=True)
    page = context.new_page()
    team.invitations["good-invitation-token"] = Role(role)
    team.known, team.passwordless = ("Anna", True) if role == "deputy" else ("", False)
    page.goto(f"{site}{COME_IN}")
    check(page)
    context.add_cookies([{"name": "kw-desk", "value": "erlenfels-guide", "url": site}])
    page.goto(f"{site}/desk/team")
    page.select_option("select", role)
    page.click("text=Einladungs-Link machen")
    page.wait_for_selector(".qr svg")
    check(page)
    context.close()
