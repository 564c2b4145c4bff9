"""The catalogue's pages: what guides read, fill in and send, and what of it comes back."""

import re
from collections.abc import Mapping
from html import unescape
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

import pytest
from httpx import Response
from playwright.sync_api import Browser as Chromium

from bot.catalogue_form import typed_of
from bot.web.desk import LARGEST
from tests.catalog.town import offer
from tests.web.browser import Browser
from tests.web.fake_catalogue import NAME, OWN, SHARED
from tests.web.fake_team_desk import FakeTeamDesk
from tests.web.forms import hidden
from tests.web.test_browser_pages import PHONE, check, chromium, site

__all__ = ["chromium", "site"]

LIST, NEW, SHEET = "/desk/katalog", "/desk/katalog/neu", "/desk/katalog/drucken"
ENTRY = f"{LIST}/eintrag/{OWN}"
EDIT, HISTORY = f"{ENTRY}/bearbeiten", f"{ENTRY}/fassungen"
Fields = list[tuple[str, str]]
T = TypeVar("T")


@pytest.fixture
def guide(client: Browser) -> Browser:
    client.cookies.set("kw-desk", "erlenfels-guide")
    return client


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


def said(found: Mapping[str, T]) -> dict[str, T]:
    return {name: value for name, value in found.items() if value}


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


class TestForm:
    def test_a_form_that_nobody_touched_says_what_it_was_made_of(
        self, guide: Browser, team: FakeTeamDesk
    ) -> None:
        """Every field that the page has is read, and none is lost on the way."""
        send(guide, EDIT, fields_in(guide.get(EDIT).text, EDIT))
        sent, asked = team.catalogue.sent[0].typed, typed_of(offer("guide-erlenfels"))
        assert said(sent.texts) == said(asked.texts)
        assert {name: set(found) for name, found in sent.ticks.items()} == {
            name: set(found) for name, found in said(asked.ticks).items()
        }

    @pytest.mark.parametrize(
        ("do", "what", "fertig"), [("save", "save", "gespeichert"), ("draft", "draft", "entwurf")]
    )
    def test_two_buttons_save_at_once_or_as_a_draft(
        self, guide: Browser, team: FakeTeamDesk, do: str, what: str, fertig: str
    ) -> None:
        fields = changed(fields_in(guide.get(EDIT).text, EDIT), do=do, why="Umzug")
        answer = send(guide, EDIT, fields)
        assert answer.headers["location"] == f"{ENTRY}?fertig={fertig}"
        assert team.done == [(what, "erlenfels-guide", OWN)]
        assert (team.catalogue.sent[0].why, team.catalogue.sent[0].version) == ("Umzug", 3)

    def test_a_new_entry_has_a_number_of_its_own(self, guide: Browser, team: FakeTeamDesk) -> None:
        """So that the same form sent twice makes one entry; an address without it makes none."""
        fields = fields_in(guide.get(NEW).text, NEW)
        edit = fields_in(guide.get(EDIT).text, EDIT)
        filled = [(n, v) for n, v in edit if n not in {"id", "token", "version", "stamp", "do"}]
        fields = [field for field in fields if field[0] in {"id", "token"}] + filled
        assert (
            send(guide, NEW, changed(fields, do="save"))
            .headers["location"]
            .endswith("/neues?fertig=gespeichert")
        )
        assert len(team.catalogue.sent[0].number) > 15
        without = [field for field in fields if field[0] != "id"]
        assert send(guide, NEW, changed(without, do="save")).status_code == 422
        assert len(team.done) == 1

    def test_looking_first_shows_the_card_and_saves_nothing(self, guide: Browser, team: FakeTeamDesk) -> None:
        """It is also what the Enter key does."""
        page = send(
            guide,
            EDIT,
            changed(fields_in(guide.get(EDIT).text, EDIT), shown_in="ar", phone="+49 69 90009199"),
        )
        assert "Vorschau: noch nicht gespeichert" in page.text
        assert '<article class="card" lang="ar" dir="rtl">' in page.text
        assert 'value="+49 69 90009199"' in page.text
        assert team.done == []

    def test_a_problem_stands_beside_its_field_and_nothing_typed_is_lost(
        self, guide: Browser, team: FakeTeamDesk
    ) -> None:
        fields = changed(
            fields_in(guide.get(EDIT).text, EDIT), do="save", phone="12", note='Zeile\n"<b>zwei', why="w"
        )
        answer = send(guide, EDIT, fields)
        assert answer.status_code == 422
        page = answer.text
        assert re.search(r'name="phone" value="12"[^>]*aria-invalid="true" aria-describedby="p-phone"', page)
        assert re.search(r'id="p-phone">Schreiben Sie die Nummer', page)
        again = dict(fields_in(page, EDIT))
        assert (again["note"], again["why"]) == ('Zeile\n"<b>zwei', "w")
        lost = {name for name, value in fields if value and name not in {"token", "do"}} - set(again)
        assert lost == set()
        assert team.done == []

    def test_the_trap_in_typed_hours_can_be_mended_with_one_tap(
        self, guide: Browser, team: FakeTeamDesk
    ) -> None:
        typed = "Mo-Fr 08:00-12:00; Th 14:00-18:00"
        fields = changed(fields_in(guide.get(EDIT).text, EDIT), hours="text", opening_hours=typed)
        page = send(guide, EDIT, fields).text
        assert "am Donnerstag ein Teil der Zeit geschlossen" in page
        assert "So wäre es:" in page
        assert "So ist es wohl gemeint:" in page
        mended = changed(fields_in(page, EDIT), hours="better", do="save")
        assert send(guide, EDIT, mended).status_code == 303
        sent = team.catalogue.sent[-1].typed
        assert (sent.text("hours"), sent.text("opening_hours")) == ("week", "Mo 08:00-12:00")
        assert sent.text("hours.Mo.0.from") == "08:00"

    def test_the_second_of_two_guides_sees_both_and_can_go_on(
        self, guide: Browser, team: FakeTeamDesk
    ) -> None:
        team.catalogue.late = True
        fields = changed(fields_in(guide.get(EDIT).text, EDIT), do="save", contact="Empfang", why="Umzug")
        answer = send(guide, EDIT, fields)
        assert answer.status_code == 409
        assert "Jemand war schneller" in answer.text
        assert "Frau Deputy" in answer.text
        again = fields_in(answer.text, EDIT)
        assert (dict(again)["version"], dict(again)["stamp"], dict(again)["contact"]) == (
            "4",
            "s4",
            "Empfang",
        )
        assert send(guide, EDIT, changed(again, do="save")).status_code == 303


class TestHostile:
    def test_what_is_written_never_becomes_part_of_the_page(self, guide: Browser) -> None:
        evil = '"><script>alert(1)</script><b x="'
        names = (
            "name__de",
            "organization",
            "note",
            "opening_hours",
            "why",
            "shown_in",
            "valid_from",
            "name__ar",
        )
        fields = changed(fields_in(guide.get(EDIT).text, EDIT), **dict.fromkeys(names, evil))
        page = send(guide, EDIT, fields).text
        assert "<script>alert" not in page
        assert "<b x=" not in page

    @pytest.mark.parametrize(
        "name", ["name.de", "needs", "why", "version", "stamp", "do", "opening_hours", "x"]
    )
    def test_a_form_in_a_strange_encoding_is_an_answer_and_not_a_fault(
        self, guide: Browser, name: str
    ) -> None:
        token = hidden(guide.get(EDIT).text, EDIT)["token"]
        parts = [("token", token.encode()), (name, b"+2D0-")]
        body = b"".join(
            f'--x7\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n'.encode() + value + b"\r\n"
            for key, value in parts
        )
        kind = {"content-type": "multipart/form-data; boundary=x7; charset=utf-7"}
        answer = guide.send(EDIT, body + b"--x7--\r\n", kind)
        assert answer.status_code in (200, 403, 422), answer.status_code

    def test_fields_that_no_form_has_are_left_out(self, guide: Browser, team: FakeTeamDesk) -> None:
        strange = {"id_", "name.<b>", "assured_date", "name.zz_ZZZZZZZZ", "by"}
        fields = fields_in(guide.get(EDIT).text, EDIT) + [(name, "x") for name in strange]
        assert send(guide, EDIT, fields).status_code == 200
        sent = team.catalogue.sent[0].typed
        assert not strange & {*sent.texts, *sent.ticks}

    def test_a_form_with_all_texts_in_fifteen_languages_gets_through(
        self, guide: Browser, team: FakeTeamDesk
    ) -> None:
        """It is far larger than a letter of a newcomer may be."""
        codes = ("de", "en", "uk", "tr", "ar", "fa", "ru", "ti", "ku", "ps", "so", "sq", "sr", "ur", "fr")
        texts = {f"description.{code}": "ش" * 1500 for code in codes}
        fields = [f for f in fields_in(guide.get(EDIT).text, EDIT) if f[0] not in texts] + list(texts.items())
        assert len(urlencode(fields)) > 100_000
        answer = send(guide, EDIT, fields)
        assert answer.status_code == 200
        assert answer.text.count("ش" * 1500) == 15

    def test_larger_ones_are_refused_before_they_are_read(self, guide: Browser, team: FakeTeamDesk) -> None:
        fields = changed(fields_in(guide.get(EDIT).text, EDIT), note="x" * LARGEST)
        assert send(guide, EDIT, fields).status_code == 413
        other = hidden(guide.get(ENTRY).text, f"{ENTRY}/zurueckziehen")
        assert guide.post(f"{ENTRY}/zurueckziehen", data={**other, "why": "x" * 70_000}).status_code == 413
        assert team.done == []

    def test_too_many_fields_are_refused(self, guide: Browser, team: FakeTeamDesk) -> None:
        fields = fields_in(guide.get(EDIT).text, EDIT) + [("needs", "x")] * 600
        assert send(guide, EDIT, fields).status_code == 400
        assert team.catalogue.sent == []


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


def test_the_enter_key_looks_and_does_not_save(chromium: Chromium, site: str, team: FakeTeamDesk) -> None:
    """Who presses it in the middle of a long form has not finished it."""
    context = chromium.new_context(viewport=PHONE, locale="de")
    context.add_cookies([{"name": "kw-desk", "value": "erlenfels-guide", "url": site}])
    page = context.new_page()
    page.goto(f"{site}{EDIT}")
    with page.expect_navigation():
        page.press("input[name='name.de']", "Enter")
    assert page.is_visible("text=Vorschau: noch nicht gespeichert")
    assert team.done == []
    context.close()
