"""The form for an entry: what is sent of it, what comes back, and what no form of ours would send."""

import re
from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Dialog

from bot.catalogue_form import typed_of
from bot.web.desk import LARGEST
from tests.catalog.town import offer
from tests.web.browser import Browser
from tests.web.fake_catalogue import OWN
from tests.web.fake_team_desk import FakeTeamDesk
from tests.web.forms import changed, fields_in, hidden, send
from tests.web.test_browser_pages import PHONE, chromium, site

__all__ = ["chromium", "site"]

T = TypeVar("T")
NEW = "/desk/katalog/neu"
ENTRY = f"/desk/katalog/eintrag/{OWN}"
EDIT = f"{ENTRY}/bearbeiten"


@pytest.fixture
def guide(client: Browser) -> Browser:
    client.cookies.set("kw-desk", "erlenfels-guide")
    return client


def said(found: Mapping[str, T]) -> dict[str, T]:
    return {name: value for name, value in found.items() if value}


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

    @pytest.mark.parametrize("session", ["erlenfels-guide", "gone"])
    def test_a_page_that_is_too_old_gives_back_what_was_written(
        self, guide: Browser, team: FakeTeamDesk, session: str
    ) -> None:
        """An hour's work must not vanish because a night lay in between."""
        fields = changed(fields_in(guide.get(EDIT).text, EDIT), token="old", note="Stunden <b>an</b> Arbeit")
        guide.cookies.set("kw-desk", session)
        answer = send(guide, EDIT, changed(fields, do="save"))
        assert answer.status_code == 403
        assert "note: Stunden &lt;b&gt;an&lt;/b&gt; Arbeit" in answer.text
        assert "description.ar: " in answer.text
        assert team.done == []

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


def test_leaving_a_form_that_was_begun_asks_first(chromium: Chromium, site: str) -> None:
    """Also one that came back; not one that nobody has touched, or that is sent."""
    context = chromium.new_context(viewport=PHONE, locale="de")
    context.add_cookies([{"name": "kw-desk", "value": "erlenfels-guide", "url": site}])
    page, asked = context.new_page(), []

    def go_on(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", go_on)
    page.goto(f"{site}{EDIT}")
    page.click("text=Zum Eintrag")
    page.wait_for_url(f"{site}{ENTRY}")
    assert asked == []
    page.goto(f"{site}{EDIT}")
    page.locator("input[name='name.de']").press_sequentially("x")
    with page.expect_navigation():
        page.click("button[value=look]")
    assert asked == []
    page.click("main")
    page.click("text=Zum Eintrag")
    page.wait_for_url(f"{site}{ENTRY}")
    assert asked == ["beforeunload"]
    context.close()
