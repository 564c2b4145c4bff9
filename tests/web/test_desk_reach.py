"""The page on which members say how they are reached, and what of it the others see."""

import re
from dataclasses import replace
from html import unescape

import pytest
from playwright.sync_api import Browser as Chromium

from bot.case_views import Board, CaseLine, CaseView
from bot.limits import MAILS_PER_MEMBER
from bot.team_entry import SignedIn
from bot.team_reach import Ways
from casework.team import Role
from tests.web.browser import Browser
from tests.web.fake_reach import ADDRESS, GOOD
from tests.web.fake_team_desk import FakeTeamDesk
from tests.web.forms import hidden
from tests.web.test_browser_pages import PHONE, check, chromium, site

__all__ = ["chromium", "site"]

PAGE = "/desk/erreichbar"
CONNECT, PART = f"{PAGE}/telegram", f"{PAGE}/telegram-trennen"
MAIL, FORGET = f"{PAGE}/mail", f"{PAGE}/mail-loeschen"
CONFIRM = f"{MAIL}/{GOOD}"
CONNECTED = Ways(bot="erlenfels_team_bot", telegram=True, mails=True, mail=ADDRESS)


@pytest.fixture
def guide(client: Browser) -> Browser:
    client.cookies.set("kw-desk", "erlenfels-guide")
    return client


def send(client: Browser, path: str, **what: str) -> str:
    """The form on the page, sent; what is read then."""
    answer = client.post(path, data={**hidden(client.get(PAGE).text, path), **what})
    return unescape(answer.text or answer.headers["location"])


@pytest.mark.parametrize("role", Role, ids=str)
def test_every_role_says_how_it_is_reached(client: Browser, role: Role) -> None:
    client.cookies.set("kw-desk", f"erlenfels-{role}")
    page = client.get(PAGE)
    assert page.status_code == 200
    assert 'aria-current="page">Erreichbar' in page.text


def test_a_volunteer_who_signs_in_lands_there(client: Browser, team: FakeTeamDesk) -> None:
    """It is the only page they have, and it speaks of no other."""
    client.cookies.set("kw-desk", "erlenfels-volunteer")
    assert client.get("/desk/anmelden").headers["location"] == PAGE
    page = client.get(PAGE).text
    assert "wie Sie an Ihre Einsätze erinnert werden" in page
    assert "Arbeitsplatz" not in page
    (brand,) = re.findall(r'class="brand" href="(.*?)"', page)
    assert client.get(brand).headers["location"] == PAGE


def test_the_link_and_its_picture_are_shown_once_and_made_by_a_button(
    guide: Browser, team: FakeTeamDesk
) -> None:
    """Opening the page makes none."""
    page = send(guide, CONNECT)
    assert "https://t.me/erlenfels_team_bot?start=own-token" in page
    assert "<svg" in page
    assert "own-token" not in guide.get(PAGE).text
    assert team.done == [("connect", "erlenfels-guide")]


def test_without_a_bot_the_page_says_so_and_offers_nothing(guide: Browser, team: FakeTeamDesk) -> None:
    form = hidden(guide.get(PAGE).text, CONNECT)
    team.reach.own = Ways()
    page = guide.get(PAGE).text
    assert "In Ihrer Stadt ist gerade kein Bot für das Team verbunden." in page
    assert CONNECT not in page
    late = guide.post(CONNECT, data=form)
    assert (late.status_code, "gerade nicht verbunden" in late.text) == (409, True)


def test_what_telegram_is_stands_before_the_button(guide: Browser) -> None:
    page = guide.get(PAGE).text
    assert "nicht Ende-zu-Ende verschlüsselt" in page.partition("Telegram verbinden")[0]


def test_a_connected_chat_can_be_parted(guide: Browser, team: FakeTeamDesk) -> None:
    team.reach.own = CONNECTED
    assert "Ein Chat ist verbunden." in guide.get(PAGE).text
    assert send(guide, PART) == f"{PAGE}?fertig=telegram"
    assert "Dieser Chat ist getrennt." in guide.get(f"{PAGE}?fertig=telegram").text
    assert team.done == [("disconnect", "erlenfels-guide")]


def test_who_has_blocked_the_bot_reads_what_to_do(guide: Browser, team: FakeTeamDesk) -> None:
    team.reach.own = replace(CONNECTED, blocked=True)
    page = guide.get(PAGE).text
    assert "Auf Telegram kommt bei Ihnen nichts an." in page
    assert "@erlenfels_team_bot" in page


def test_an_address_gets_a_link_first(guide: Browser, team: FakeTeamDesk) -> None:
    page = send(guide, MAIL, mail=ADDRESS)
    assert f"Wir haben eine E-Mail an {ADDRESS} geschickt. Öffnen Sie den Link darin." in page
    assert team.done == [("ask_mail", "erlenfels-guide", ADDRESS)]


def test_what_is_no_address_stays_in_its_field(guide: Browser, team: FakeTeamDesk) -> None:
    page = send(guide, MAIL, mail="anna at home")
    assert "kann nicht stimmen" in page
    assert 'value="anna at home"' in page
    assert team.done == []


def test_nobody_has_us_write_to_many_strangers(guide: Browser, team: FakeTeamDesk) -> None:
    """An address that was merely entered may be anybody's."""
    for number in range(int(MAILS_PER_MEMBER.burst) + 3):
        send(guide, MAIL, mail=f"{number}@example.org")
    assert len(team.done) == MAILS_PER_MEMBER.burst


def test_where_no_mail_is_sent_none_is_offered(guide: Browser, team: FakeTeamDesk) -> None:
    team.reach.own = Ways(bot="erlenfels_team_bot")
    assert "E-Mail" not in guide.get(PAGE).text


def test_an_address_can_be_deleted(guide: Browser, team: FakeTeamDesk) -> None:
    team.reach.own = CONNECTED
    assert ADDRESS in guide.get(PAGE).text
    assert send(guide, FORGET) == f"{PAGE}?fertig=mail"
    assert team.done == [("drop_mail", "erlenfels-guide")]


def test_a_link_in_a_mail_is_spent_by_its_button_and_not_by_looking(
    client: Browser, team: FakeTeamDesk
) -> None:
    """Nobody need be signed in: it is opened where mail is read."""
    pages = [client.get(CONFIRM) for _ in range(3)]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert ADDRESS in pages[0].text
    assert team.done == []
    sent = hidden(pages[0].text, CONFIRM)
    assert f"bekommt jetzt E-Mails an {ADDRESS}" in client.post(CONFIRM, data=sent).text
    assert client.post(CONFIRM, data=sent).status_code == 403
    assert client.get(CONFIRM).status_code == 404
    assert team.done == [("confirm", GOOD)]


def test_the_longest_address_fits_into_a_link(client: Browser, team: FakeTeamDesk) -> None:
    """Nothing of it is cut off on the way."""
    token = f"erlenfels.{'x' * 43}.{'y' * 340}"
    team.reach.good = {token}
    assert client.get(f"{MAIL}/{token}").status_code == 200


def test_the_team_page_says_who_is_reached_how(guide: Browser) -> None:
    page = re.sub(r"<[^>]+>", " ", guide.get("/desk/team").text)
    assert re.search(r"Frau Guide\s+Integrationsguide\s+Telegram\s", page)
    assert re.search(r"Frau Deputy\s+Vertretung\s+E-Mail, Telegram: nicht erreichbar\s", page)
    assert re.search(r"Frau Lead\s+Leitung\s+nur am Arbeitsplatz\s", page)


class Troubled(FakeTeamDesk):
    """Some messages wait, and one person is not reached."""

    unsent = 1

    async def queue(self, member: SignedIn) -> Board:
        board = await super().queue(member)
        lost: tuple[CaseLine, ...] = tuple(replace(line, unreachable=True) for line in board.open)
        return replace(board, open=lost, unsent=self.unsent)

    async def view(self, member: SignedIn, case_id: str) -> CaseView | None:
        view = await super().view(member, case_id)
        return view and replace(view, line=replace(view.line, unreachable=True))


class TestTrouble:
    """What does not arrive is seen where guides look."""

    @pytest.fixture
    def team(self) -> FakeTeamDesk:
        return Troubled()

    def test_unsent_messages_stand_on_the_board(self, guide: Browser, team: Troubled) -> None:
        """In numbers, one and more."""
        waits = "seit mehr als fünf Minuten auf den Versand."
        assert f"1 Nachricht wartet {waits}" in guide.get("/desk").text
        team.unsent = 3
        assert f"3 Nachrichten warten {waits}" in guide.get("/desk/stand").text
        team.unsent = 0
        assert waits not in guide.get("/desk").text

    def test_a_person_who_is_not_reached_is_marked(self, guide: Browser) -> None:
        """On the line and on the case, with what it means for who writes."""
        assert "auf Telegram nicht erreichbar" in guide.get("/desk").text
        page = guide.get("/desk/fall/c2").text
        assert "auf Telegram nicht erreichbar" in page
        assert "Was Sie schreiben, liest sie erst, wenn sie von selbst wiederkommt." in page


def test_the_pages_are_accessible_and_fit_a_phone(chromium: Chromium, site: str, team: FakeTeamDesk) -> None:
    context = chromium.new_context(viewport=PHONE, locale="de", bypass_csp=True)
    page = context.new_page()
    page.goto(f"{site}{CONFIRM}")
    check(page)
    page.click("button.main")
    check(page)
    context.add_cookies([{"name": "kw-desk", "value": "erlenfels-guide", "url": site}])
    page.goto(f"{site}{PAGE}")
    check(page)
    page.click("text=Telegram verbinden")
    page.wait_for_selector(".qr svg")
    check(page)
    team.reach.own = CONNECTED
    page.goto(f"{site}{PAGE}")
    check(page)
    page.goto(f"{site}/desk/team")
    page.select_option("select", "deputy")
    page.click("text=Einladungs-Link machen")
    page.wait_for_selector(".qr svg")
    check(page)
    context.close()
