"""The page on which the catalogue goes out and comes in as a table."""

import tempfile

import pytest
from playwright.sync_api import Browser as Chromium

from tests.web.browser import Browser
from tests.web.fake_sheet import NAME
from tests.web.fake_team_desk import FakeTeamDesk
from tests.web.forms import hidden
from tests.web.test_browser_pages import PHONE, check, chromium, site

__all__ = ["chromium", "site"]

SHEET = "/desk/katalog/tabelle"
TAKE = f"{SHEET}/uebernehmen"
BOUNDARY = "x7"
KIND = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}


@pytest.fixture
def guide(client: Browser) -> Browser:
    client.cookies.set("kw-desk", "erlenfels-guide")
    return client


def form(token: str, content: bytes, name: str = "a.csv", **fields: str) -> bytes:
    """As a browser sends it."""
    parts = [
        f'Content-Disposition: form-data; name="{key}"\r\n\r\n'.encode() + value.encode()
        for key, value in {"token": token, **fields}.items()
    ]
    head = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n'
    parts.append(head.encode() + b"Content-Type: text/csv\r\n\r\n" + content)
    begin = f"--{BOUNDARY}\r\n".encode()
    return b"".join(begin + part + b"\r\n" for part in parts) + f"--{BOUNDARY}--\r\n".encode()


def token(client: Browser) -> str:
    return hidden(client.get(SHEET).text, SHEET)["token"]


def upload(client: Browser, content: bytes = b"x", name: str = "a.csv", **fields: str) -> tuple[int, str]:
    answer = client.send(SHEET, form(token(client), content, name, **fields), KIND)
    return answer.status_code, answer.text


def test_the_catalogue_s_list_leads_to_the_table(guide: Browser) -> None:
    assert f'href="{SHEET}"' in guide.get("/desk/katalog").text


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [
        ("angebote.xlsx", "spreadsheetml.sheet", "erlenfels xlsx False"),
        ("angebote.csv", "text/csv", "erlenfels csv False"),
        ("vorlage.xlsx", "spreadsheetml.sheet", "erlenfels xlsx True"),
        ("vorlage.csv", "text/csv", "erlenfels csv True"),
    ],
)
def test_each_download_has_its_name_and_kind(guide: Browser, name: str, kind: str, content: str) -> None:
    answer = guide.get(f"{SHEET}/{name}")
    stem, _, ending = name.partition(".")
    assert answer.headers["content-disposition"] == f'attachment; filename="{stem}-erlenfels.{ending}"'
    assert kind in answer.headers["content-type"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text == content


class TestLooking:
    def test_the_page_shows_what_would_change_and_a_button(self, guide: Browser, team: FakeTeamDesk) -> None:
        status, page = upload(guide, "Träger;x".encode(), "Angebote 2026.csv")
        assert status == 200
        (sent,) = team.sheet.uploads
        assert (sent.name, sent.raw, sent.complete) == ("Angebote 2026.csv", "Träger;x".encode(), False)
        for said in ("Angebote 2026.csv", "Nähtreff", NAME, "+49 69 90009102", "Alter Treff", "naehtreff"):
            assert said in page
        assert "Genau das übernehmen" in page
        assert team.done == []

    def test_problems_stand_there_with_their_place_and_the_form_once_more(
        self, guide: Browser, team: FakeTeamDesk
    ) -> None:
        status, page = upload(guide, name="bad.csv")
        assert status == 422
        assert "stimmen 300 Stellen noch nicht" in page
        assert "Zeile 3, Spalte „Art“" in page
        assert "„&lt;b&gt;Angebott“" in page
        assert "Das sind die ersten 2 von 300." in page
        assert f'action="{SHEET}"' in page
        assert "Genau das übernehmen" not in page

    def test_what_ends_has_its_own_warning_and_tick(self, guide: Browser, team: FakeTeamDesk) -> None:
        _, page = upload(guide, complete="yes")
        assert team.sheet.uploads[-1].complete
        assert "Wird zurückgezogen: 1" in page
        assert 'name="withdraw"' in page
        assert 'name="withdraw"' not in upload(guide)[1]

    def test_without_a_file_the_page_says_so(self, guide: Browser, team: FakeTeamDesk) -> None:
        bare = guide.post(SHEET, hidden(guide.get(SHEET).text, SHEET))
        for status, page in (upload(guide, b"", ""), (bare.status_code, bare.text)):
            assert status == 422
            assert "Bitte wählen Sie zuerst eine Datei." in page
        assert team.sheet.uploads == []

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("C:\\Eigene\\x.csv", "x.csv"),
            ("../../etc/x.xlsx", "x.xlsx"),
            ("x" * 300 + ".csv", "x" * 80 + ".csv"),
            ("..", "Tabelle"),
        ],
    )
    def test_a_file_s_name_is_a_name(self, guide: Browser, team: FakeTeamDesk, typed: str, kept: str) -> None:
        upload(guide, name=typed)
        assert team.sheet.uploads[-1].name == kept


class TestTaking:
    def test_the_button_takes_in_and_says_how_much(self, guide: Browser, team: FakeTeamDesk) -> None:
        _, page = upload(guide, complete="yes")
        fields = {**hidden(page, TAKE), "why": "Abfrage", "withdraw": "yes", "do": "take"}
        answer = guide.post(TAKE, fields)
        assert answer.status_code == 303
        assert team.done == [("sheet", "erlenfels-guide", "Abfrage", "True")]
        page = guide.get(answer.headers["location"]).text
        assert "Übernommen: 1 neu, 1 geändert, 1 zurückgezogen." in page

    def test_the_other_button_lets_it_go(self, guide: Browser, team: FakeTeamDesk) -> None:
        answer = guide.post(TAKE, {**hidden(upload(guide)[1], TAKE), "do": "drop"})
        assert answer.headers["location"] == SHEET
        assert team.done == [("drop", "erlenfels-guide")]

    def test_what_has_changed_meanwhile_is_shown_and_the_reason_is_kept(
        self, guide: Browser, team: FakeTeamDesk
    ) -> None:
        fields = {**hidden(upload(guide)[1], TAKE), "why": "Abfrage", "do": "take"}
        team.sheet.moved = True
        answer = guide.post(TAKE, fields)
        assert answer.status_code == 409
        assert "inzwischen geändert" in answer.text
        assert 'value="Abfrage"' in answer.text
        assert team.done == []

    def test_a_table_that_waits_no_longer_says_so(self, guide: Browser, team: FakeTeamDesk) -> None:
        answer = guide.post(TAKE, {**hidden(upload(guide)[1], TAKE), "key": "other", "do": "take"})
        assert answer.status_code == 409
        assert "wartet nicht mehr" in answer.text


class TestWhoSendsIt:
    @pytest.mark.parametrize("session", ["", "erlenfels-volunteer", "nobody"])
    def test_of_somebody_who_may_not_no_byte_is_read(
        self, client: Browser, team: FakeTeamDesk, monkeypatch: pytest.MonkeyPatch, session: str
    ) -> None:
        client.cookies.set("kw-desk", session)
        read: list[bytes] = []

        class Watched:
            def __init__(self, *_: object, **__: object) -> None:
                read.append(b"read")

        monkeypatch.setattr("bot.web.desk_upload.MultiPartParser", Watched)
        assert client.send(SHEET, form("x", b"secret"), KIND).status_code == 403
        assert (read, team.sheet.uploads) == ([], [])

    def test_a_form_that_is_not_ours_is_refused(self, guide: Browser, team: FakeTeamDesk) -> None:
        assert guide.send(SHEET, form("made-up", b"x"), KIND).status_code == 403
        assert team.sheet.uploads == []

    def test_a_file_that_is_far_too_large_is_told_so(self, guide: Browser, team: FakeTeamDesk) -> None:
        status, page = upload(guide, b"x" * 12_000_001)
        assert status == 413
        assert "Die Datei ist zu groß" in page
        assert team.sheet.uploads == []

    @pytest.mark.parametrize("more", [{"a" + str(n): "x" for n in range(30)}, {"x": "y" * 2_000_000}])
    def test_a_form_with_more_than_a_file_is_refused(
        self, guide: Browser, team: FakeTeamDesk, more: dict[str, str]
    ) -> None:
        assert guide.send(SHEET, form(token(guide), b"x", "a.csv", **more), KIND).status_code == 400
        assert team.sheet.uploads == []

    def test_a_large_file_is_never_written_to_a_disk(
        self, guide: Browser, team: FakeTeamDesk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(self: object) -> None:
            raise AssertionError("the file goes to the disk")

        monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", refuse)
        assert upload(guide, b"x" * 9_000_000)[0] == 200
        assert len(team.sheet.uploads[-1].raw) == 9_000_000


@pytest.mark.parametrize("width", [PHONE["width"], 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit_a_phone(
    chromium: Chromium, site: str, team: FakeTeamDesk, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 800}
    context = chromium.new_context(viewport=size, locale="de", bypass_csp=True, color_scheme=scheme)  # type: ignore[arg-type]
    context.add_cookies([{"name": "kw-desk", "value": "erlenfels-guide", "url": site}])
    page = context.new_page()
    for name in ("", "bad.csv", "a.csv"):
        page.goto(f"{site}{SHEET}")
        if name:
            page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": b"x"})
            page.check("input[name=complete]")
            page.click("button.main")
            page.wait_for_selector("h1:has-text('Tabelle passt'), h1:has-text('Das würde')")
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        check(page)
    page.check("input[name=withdraw]")
    page.fill("input[name=why]", "Abfrage")
    page.click("button[value=take]")
    page.wait_for_selector(".good")
    assert team.done == [("sheet", "erlenfels-guide", "Abfrage", "True")]
    context.close()


def test_it_works_without_script(chromium: Chromium, site: str, team: FakeTeamDesk) -> None:
    context = chromium.new_context(viewport=PHONE, locale="de", java_script_enabled=False)
    context.add_cookies([{"name": "kw-desk", "value": "erlenfels-guide", "url": site}])
    page = context.new_page()
    page.goto(f"{site}{SHEET}")
    page.set_input_files("input[type=file]", {"name": "a.csv", "mimeType": "text/csv", "buffer": b"x"})
    page.click("button.main")
    page.fill("input[name=why]", "Abfrage")
    page.click("button[value=take]")
    page.wait_for_selector(".good")
    assert team.done == [("sheet", "erlenfels-guide", "Abfrage", "False")]
    context.close()
