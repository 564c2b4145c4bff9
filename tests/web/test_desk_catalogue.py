"""The catalogue's pages: what guides read there, and what their buttons do."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlencode

import pytest
from playwright.sync_api import Browser as Chromium

from tests.web.browser import Browser
from tests.web.fake_catalogue import NAME, OWN, SHARED
from tests.web.fake_team_desk import FakeTeamDesk
from tests.web.forms import hidden
from tests.web.test_browser_pages import PHONE, check, chromium, site

__all__ = ["chromium", "site"]

LIST, NEW, SHEET = "/desk/katalog", "/desk/katalog/neu", "/desk/katalog/drucken"
ENTRY = f"{LIST}/eintrag/{OWN}"
EDIT, HISTORY = f"{ENTRY}/bearbeiten", f"{ENTRY}/fassungen"


@pytest.fixture
def guide(client: Browser) -> Browser:
    client.cookies.set("kw-desk", "erlenfels-guide")
    return client


class TestReading:
    def test_the_list_shows_whose_an_entry_is_and_what_waits(
        self, guide: Browser, team: FakeTeamDesk
    ) -> None:
        team.catalogue.draft = True
        page = guide.get(LIST).text
        assert NAME in page
        assert "gemeinsam: Hintertaunus" in page
        assert "Ein Eintrag wartet auf Freigabe." in unescape(re.sub(r"<[^>]+>", "", page))
        assert "Neuer Eintrag" in page

    def test_the_list_leads_to_what_there_is_twice(self, guide: Browser) -> None:
        page = guide.get(LIST).text
        assert '<a class="quiet" href="/desk/doppelt">Was es doppelt gibt</a>' in page

    def test_a_search_goes_to_the_desk_and_stays_in_its_fields(
        self, guide: Browser, team: FakeTeamDesk
    ) -> None:
        asked = {"suche": "café", "thema": "housing", "art": "offer", "stand": "stale"}
        page = guide.get(f"{LIST}?{urlencode(asked)}").text
        found = team.catalogue.wanted
        assert (found.text, found.need, found.kind, found.state) == tuple(asked.values())
        assert 'value="café"' in page
        for code in ("housing", "offer", "stale"):
            assert f'<option value="{code}" selected>' in page
        (sheet,) = re.findall(r'href="(/desk/katalog/drucken[^"]*)"', page)
        assert dict(parse_qsl(unescape(sheet).partition("?")[2])) == asked

    def test_a_long_list_is_shown_in_parts(self, guide: Browser, team: FakeTeamDesk) -> None:
        team.catalogue.many = 250
        page = guide.get(LIST).text
        assert page.count('class="line"') == 100
        assert guide.get(f"{LIST}?alle=1").text.count('class="line"') == 250
        assert "Alle 250 zeigen" in page

    def test_an_entry_is_shown_as_newcomers_see_it_in_a_language(self, guide: Browser) -> None:
        page = guide.get(f"{ENTRY}?sprache=ar").text
        assert '<article class="card" lang="ar" dir="rtl">' in page
        assert "Montag, 23.11." in page
        assert "Beschreibung:</strong> Arabisch – dort steht der Text auf Deutsch." in page

    def test_a_shared_entry_has_a_note_and_no_buttons(self, guide: Browser) -> None:
        page = guide.get(f"{LIST}/eintrag/{SHARED}").text
        assert "Gemeinsamer Eintrag aus der Liste „Hintertaunus“" in page
        assert "Bearbeiten" not in page
        assert "Zurückziehen" not in page

    @pytest.mark.parametrize("path", ["", "/bearbeiten", "/fassungen"])
    def test_an_entry_that_is_not_there_says_so(self, guide: Browser, path: str) -> None:
        answer = guide.get(f"{LIST}/eintrag/anderswo{path}")
        assert answer.status_code == 404
        assert "gibt es in Ihrer Stadt nicht" in answer.text

    def test_the_list_to_hand_out_is_in_the_language_and_keeps_the_search(self, guide: Browser) -> None:
        page = guide.get(f"{SHEET}?sprache=ar&thema=lang").text
        assert '<div lang="ar" dir="rtl">' in page
        assert '<input type="hidden" name="thema" value="lang">' in page
        assert "Deutsch lernen" in page

    @pytest.mark.parametrize("path", [LIST, ENTRY, NEW, EDIT])
    def test_where_the_town_is_invented_it_is_said_how_long_a_change_lasts(
        self, guide: Browser, team: FakeTeamDesk, path: str
    ) -> None:
        said = "gilt bis zum nächsten Start"
        assert said not in guide.get(path).text
        team.catalogue.fictional = True
        assert said in guide.get(path).text


class TestButtons:
    @pytest.mark.parametrize(
        ("path", "what", "fertig"),
        [("freigeben", "approve", "freigegeben"), ("verwerfen", "discard", "verworfen")],
    )
    def test_a_draft_is_approved_or_discarded_as_it_was_shown(
        self, guide: Browser, team: FakeTeamDesk, path: str, what: str, fertig: str
    ) -> None:
        team.catalogue.draft = True
        page = guide.get(ENTRY).text
        assert "Eine Änderung wartet auf Freigabe" in page
        assert "hat sich seit dem Entwurf geändert" in page
        answer = guide.post(f"{ENTRY}/{path}", data=hidden(page, f"{ENTRY}/{path}"))
        assert answer.headers["location"] == f"{ENTRY}?fertig={fertig}"
        assert team.done == [(what, "erlenfels-guide", OWN, "s1", "")]

    def test_an_old_page_says_so_and_keeps_the_reason(self, guide: Browser, team: FakeTeamDesk) -> None:
        fields = hidden(guide.get(ENTRY).text, f"{ENTRY}/zurueckziehen")
        answer = guide.post(f"{ENTRY}/zurueckziehen", data={**fields, "version": "2", "why": "zu <alt>"})
        assert answer.status_code == 409
        assert "inzwischen geändert" in answer.text
        assert 'value="zu &lt;alt&gt;"' in answer.text
        assert team.done == []

    def test_withdrawing_takes_its_reason_along(self, guide: Browser, team: FakeTeamDesk) -> None:
        fields = hidden(guide.get(ENTRY).text, f"{ENTRY}/zurueckziehen")
        assert guide.post(f"{ENTRY}/zurueckziehen", data={**fields, "why": "zu"}).status_code == 303
        assert team.done == [("withdraw", "erlenfels-guide", OWN, "", "zu")]

    def test_versions_say_who_when_why_and_what_and_can_be_restored(
        self, guide: Browser, team: FakeTeamDesk
    ) -> None:
        page = guide.get(HISTORY).text
        for said in ("20.11.2026, 10:00", "Frau Deputy", "neue Zeiten", "Name (Arabisch)", "Zurückgezogen:"):
            assert said in page
        assert page.count("wiederherstellen</button>") == 1, "neither the newest nor a withdrawn one"
        fields = hidden(page, f"{ENTRY}/wiederherstellen")
        answer = guide.post(f"{ENTRY}/wiederherstellen", data=fields)
        assert answer.headers["location"] == f"{ENTRY}?fertig=wiederhergestellt"
        assert team.done == [("restore 1", "erlenfels-guide", OWN, "", "")]

    @pytest.mark.parametrize("version", ["", "-1", "1e9", "٣", "9" * 30])
    def test_a_version_that_is_no_number_restores_nothing(
        self, guide: Browser, team: FakeTeamDesk, version: str
    ) -> None:
        fields = hidden(guide.get(HISTORY).text, f"{ENTRY}/wiederherstellen")
        answer = guide.post(f"{ENTRY}/wiederherstellen", data={**fields, "version": version})
        assert answer.status_code == 409
        assert team.done == []


@pytest.mark.parametrize("width", [PHONE["width"], 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit_a_phone(
    chromium: Chromium, site: str, team: FakeTeamDesk, width: int, scheme: str
) -> None:
    dark = {"color_scheme": scheme}
    size = {"width": width, "height": 800}
    context = chromium.new_context(viewport=size, locale="de", bypass_csp=True, **dark)  # type: ignore[arg-type]
    context.add_cookies([{"name": "kw-desk", "value": "erlenfels-guide", "url": site}])
    page = context.new_page()
    team.catalogue.draft = True
    for path in (LIST, ENTRY, f"{ENTRY}?sprache=ar", HISTORY, f"{SHEET}?sprache=ar", NEW, EDIT):
        page.goto(f"{site}{path}")
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        check(page)
    page.check("input[name=hours][value=text]")
    page.fill("input[name=opening_hours]", "Mo-Fr 08:00-12:00; Th 14:00-18:00")
    page.fill("input[name=phone]", "12")
    page.click("button[value=look]")
    page.wait_for_selector(".trap")
    check(page)
    team.catalogue.late = True
    page.click("button[value=save]")
    page.wait_for_selector("#conflict")
    check(page)
    context.close()
