"""What the desk tells guides about what others see, read and hold."""

import re
from dataclasses import replace
from html import unescape

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Dialog

from bot.case_views import CaseView
from bot.team_entry import SignedIn
from bot.web.desk_cases import CLOSED
from bot.wiring import LOCALES
from dialogs.wording import load_wording
from tests.web.browser import Browser
from tests.web.fake_team_desk import FakeTeamDesk
from tests.web.forms import hidden
from tests.web.test_browser_pages import chromium, site

__all__ = ["chromium", "site"]

OPEN_CASE, CASE = "/desk/fall/c1", "/desk/fall/c2"


@pytest.fixture
def guide(client: Browser) -> Browser:
    client.cookies.set("kw-desk", "erlenfels-guide")
    return client


def test_beside_closing_stands_what_the_person_will_read(guide: Browser) -> None:
    assert load_wording(LOCALES).text("handover.closed", "de") == CLOSED
    assert f"„{CLOSED}“" in unescape(guide.get(CASE).text)


def test_whoever_comes_second_reads_who_has_the_case(guide: Browser, team: FakeTeamDesk) -> None:
    form = hidden(guide.get(OPEN_CASE).text, f"{OPEN_CASE}/uebernehmen")
    team.owners["c1"] = "erlenfels-deputy"
    page = guide.post(f"{OPEN_CASE}/uebernehmen", data=form).text
    assert re.search("schon vergeben.* Der Fall ist jetzt bei \u2068Frau Deputy\u2069", page)


def test_the_order_of_the_open_list_is_told_once_there_is_one(guide: Browser, team: FakeTeamDesk) -> None:
    assert "Eiliges zuerst" not in guide.get("/desk").text
    team.owners.clear()
    assert "Eiliges zuerst, dann wer am längsten wartet." in guide.get("/desk").text


class Silent(FakeTeamDesk):
    """Somebody has asked for a person and said nothing else, or only what they need."""

    needs: tuple[str, ...] = ()

    async def view(self, member: SignedIn, case_id: str) -> CaseView | None:
        view = await super().view(member, case_id)
        return view and replace(view, letters=(), answers=(), line=replace(view.line, needs=self.needs))


class TestSilence:
    """Of what is not there a page says one thing, and shows no empty labels."""

    @pytest.fixture
    def team(self) -> Silent:
        return Silent()

    @pytest.mark.parametrize(
        ("path", "told"),
        [
            (OPEN_CASE, "Wenn Sie den Fall übernehmen, können Sie ihr schreiben."),
            (CASE, "Sie können ihr zuerst schreiben."),
        ],
    )
    def test_an_empty_case_says_so_once_and_what_can_be_done(
        self, guide: Browser, path: str, told: str
    ) -> None:
        page = guide.get(path).text
        (empty,) = re.findall(r'<p class="empty">(.*?)</p>', page, re.DOTALL)
        nothing = "Die Person hat noch nichts geschrieben und keine Fragen beantwortet."
        assert " ".join(empty.split()) == f"{nothing} {told}"
        for label in ("Bedarf", "Antworten", "noch offen", "Noch keine"):
            assert label not in page

    def test_what_is_known_is_shown_without_what_is_not(self, guide: Browser, team: Silent) -> None:
        team.needs = ("Wohnung suchen",)
        page = guide.get(OPEN_CASE).text
        assert re.search(r"<h2>Bedarf</h2>\s*<ul class=\"chips\"><li>Wohnung suchen</li></ul>", page)
        assert "Antworten" not in page
        assert "Die Person hat noch keine Nachricht geschrieben." in page

    def test_a_closed_case_without_letters_offers_nothing_to_do(self, guide: Browser) -> None:
        page = guide.get("/desk/fall/c3").text
        assert "Zu diesem Fall gibt es keine Nachrichten." in page
        assert "können" not in re.findall(r'<p class="empty">(.*?)</p>', page, re.DOTALL)[0]


def test_leaving_with_a_letter_begun_asks_first_and_sending_does_not(chromium: Chromium, site: str) -> None:
    context = chromium.new_context(locale="de")
    context.add_cookies([{"name": "kw-desk", "value": "erlenfels-guide", "url": site}])
    page, asked = context.new_page(), []

    def go_on(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", go_on)
    page.goto(f"{site}{CASE}")
    page.click("a:has-text('Alle Fälle')")
    page.wait_for_url(f"{site}/desk")
    assert asked == []
    page.goto(f"{site}{CASE}")
    page.locator("#schreiben textarea").press_sequentially("Guten")
    page.click("a:has-text('Alle Fälle')")
    page.wait_for_url(f"{site}/desk")
    assert asked == ["beforeunload"]
    page.goto(f"{site}{CASE}")
    page.locator("#schreiben textarea").press_sequentially("Guten Tag")
    with page.expect_navigation():
        page.click("button:has-text('Senden')")
    assert asked == ["beforeunload"]
    context.close()
