"""The web chat as a browser without script sees it."""

import re

import pytest
from starlette.applications import Starlette

from bot.channels.webchat import LONGEST_TEXT
from bot.limits import CRIES
from bot.newcomer_views import LetterView
from bot.web.app import web_app
from bot.web.site import WebTown
from tests.web.browser import Browser
from tests.web.conftest import SETTINGS
from tests.web.fake_newcomer_desk import AT, FakeNewcomerDesk
from tests.web.fake_team_desk import FakeTeamDesk
from tests.web.fake_texts import FakeTexts
from tests.web.forms import buttons, hidden, say

FIRST_PAGE_AT_MOST = 50_000


def test_looking_stores_nothing(client: Browser, newcomers: FakeNewcomerDesk) -> None:
    """Whoever only opens the page has no cookie and no account."""
    page = client.get("/")
    assert page.status_code == 200
    assert "set-cookie" not in page.headers
    assert newcomers.screens == {}


def test_the_first_page_with_all_it_needs_is_small(client: Browser) -> None:
    """Compressed as it is sent: page, styles, script and picture together."""
    page = client.get("/")
    parts = [
        page,
        *(client.get(path) for path in set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text))),
    ]
    assert all(part.status_code == 200 for part in parts)
    assert sum(int(part.headers["content-length"]) for part in parts) <= FIRST_PAGE_AT_MOST


@pytest.mark.parametrize(
    ("wanted", "language", "direction"),
    [("ar-SY,ar;q=0.9", "ar", "rtl"), ("uk", "uk", "ltr"), ("de-AT", "de", "ltr"), ("sw", "en", "ltr")],
)
def test_the_page_speaks_the_devices_language(
    client: Browser, wanted: str, language: str, direction: str
) -> None:
    page = client.get("/", headers={"accept-language": wanted}).text
    assert f'<html lang="{language}" dir="{direction}">' in page


def test_the_devices_language_comes_first(client: Browser) -> None:
    first = next(iter(buttons(client.get("/").text.partition("<main")[2])))
    assert first == "/language de"


def test_every_page_has_emergency_languages_and_the_way_out(client: Browser) -> None:
    say(client, choice="r.start:go")
    for page in (client.get("/").text, client.get("/?lang=ar").text):
        assert {"/emergency", "/human", "/language uk", "/language ar"} <= set(buttons(page))
        assert 'action="/leave"' in page


def test_a_tap_is_answered_by_the_next_screen(client: Browser) -> None:
    answer = say(client, choice="r.start:go")
    assert (answer.status_code, answer.headers["location"]) == (303, "/#main")
    assert "r.need:Arbeit" in buttons(client.get("/").text)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Browser) -> None:
    cookie = say(client, choice="r.start:go").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "max-age" not in cookie, "a guest's cookie ends with the browser"


def test_a_form_sent_twice_counts_once(client: Browser, newcomers: FakeNewcomerDesk) -> None:
    page = client.get("/").text
    sent = {**hidden(page, "/say"), "choice": "r.start:go"}
    first = client.post("/say", data=sent)
    client.cookies.clear()
    client.post("/say", data=sent)
    assert first.status_code == 303
    assert len(newcomers.seen) == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://testserver"}, 303),
        ({"origin": "null"}, 303),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, 303),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
    ],
    ids=str,
)
def test_a_form_from_another_site_is_refused(
    client: Browser, newcomers: FakeNewcomerDesk, headers: dict[str, str], status: int
) -> None:
    sent = {**hidden(client.get("/").text, "/say"), "choice": "r.start:go"}
    assert client.post("/say", data=sent, headers=headers).status_code == status
    assert bool(newcomers.seen) == (status == 303)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "a.1.2"])
def test_a_form_without_our_token_is_refused_and_keeps_the_text(
    client: Browser, newcomers: FakeNewcomerDesk, token: str
) -> None:
    answer = client.post("/say", data={"id": "12345678", "token": token, "text": "Ich brauche Hilfe"})
    assert answer.status_code == 403
    assert "Ich brauche Hilfe</textarea>" in answer.text
    assert newcomers.seen == []


def test_a_token_of_another_visitor_is_refused(client: Browser, app: Starlette) -> None:
    stranger = Browser(app)
    say(stranger, choice="r.start:go")
    theirs = hidden(stranger.get("/").text, "/say")
    say(client, choice="r.start:go")
    assert client.post("/say", data={**theirs, "text": "x"}).status_code == 403


def test_a_fault_keeps_the_text_and_its_number_and_names_the_emergency_calls(
    client: Browser, newcomers: FakeNewcomerDesk
) -> None:
    page = client.get("/").text
    first = re.findall(r'name="id" value="([^"]+)-t"', page)[0]
    newcomers.broken = True
    answer = client.post("/say", data={**hidden(page, "/say"), "id": f"{first}-t", "text": "<b>Hallo</b>"})
    assert answer.status_code == 503
    assert "&lt;b&gt;Hallo&lt;/b&gt;</textarea>" in answer.text
    assert f'value="{first}-t"' in answer.text, "sent again it must count once"
    assert 'href="tel:112"' in answer.text


def test_too_long_a_text_is_kept_and_not_taken(client: Browser, newcomers: FakeNewcomerDesk) -> None:
    answer = say(client, text="x" * (LONGEST_TEXT + 1))
    assert answer.status_code == 422
    assert "x" * (LONGEST_TEXT + 1) in answer.text
    assert newcomers.seen == []


def test_line_breaks_count_once(client: Browser, newcomers: FakeNewcomerDesk) -> None:
    """A browser sends each as two characters."""
    assert say(client, text="x" * (LONGEST_TEXT - 10) + "\r\n" * 10).status_code == 303


def test_whoever_taps_too_fast_is_told_kindly_and_still_gets_the_emergency_card(client: Browser) -> None:
    say(client, choice="r.start:go")
    answers = [say(client, text="noch einmal").status_code for _ in range(40)]
    assert answers[:20] == [303] * 20
    assert answers[-1] == 429
    assert "noch einmal</textarea>" in say(client, text="noch einmal").text
    assert say(client, choice="/emergency").status_code == 303


def test_whoever_was_too_fast_can_still_cry_for_help_in_words(
    client: Browser, newcomers: FakeNewcomerDesk
) -> None:
    """Looked at only when the usual number is used up, and then a few times a minute."""
    say(client, choice="r.start:go")
    while say(client, choice="r.start:go").status_code == 303:
        assert newcomers.looked_at == []
    assert say(client, text="Hilfe!").status_code == 303
    assert newcomers.seen[-1].text == "Hilfe!"
    answers = [say(client, text="noch einmal").status_code for _ in range(20)]
    assert answers == [429] * 20
    assert newcomers.looked_at == ["Hilfe!", *["noch einmal"] * (int(CRIES.burst) - 1)]


def test_many_phones_behind_one_address_do_not_hold_each_other_up(app: Starlette) -> None:
    phones = [Browser(app) for _ in range(100)]
    assert {say(phone, choice="r.start:go").status_code for phone in phones} == {303}
    assert {say(phone, text="x").status_code for phone in phones} == {303}


def test_leaving_forgets_a_guest(client: Browser) -> None:
    say(client, choice="r.start:go")
    away = client.post("/leave")
    assert away.headers["location"].startswith("https://www.dwd.de")
    assert not client.cookies
    assert "/language de" in buttons(client.get("/").text.partition("<main")[2])


def test_the_goodbye_is_shown_once_and_the_cookie_ends(client: Browser) -> None:
    say(client, choice="r.consent:yes")
    goodbye = say(client, choice="r.erase:yes")
    assert goodbye.status_code == 200
    assert "Alles ist gelöscht" in goodbye.text
    assert not client.cookies
    again = client.post("/say", data={**hidden(goodbye.text, "/say"), "choice": "r.start:go"})
    assert again.status_code == 303


def test_a_ticked_choice_says_so(client: Browser) -> None:
    say(client, choice="r.need:unknown")
    page = client.get("/").text
    assert re.search(r'value="r.b:set:bus"[^>]*aria-pressed="true"', page)
    assert re.search(r'value="r.b:set:money"[^>]*aria-pressed="false"', page)


def test_a_card_can_be_called_found_and_shown_in_german(client: Browser) -> None:
    say(client, choice="/language ar")
    say(client, choice="r.need:work")
    page = client.get("/").text
    assert 'href="tel:+49660012345" class="call" dir="ltr"' in page
    assert 'rel="noopener noreferrer" target="_blank"' in page
    assert "/card course" in buttons(page)


def test_emergency_numbers_are_links(client: Browser) -> None:
    say(client, choice="/emergency")
    page = client.get("/").text
    assert 'href="tel:112"' in page
    assert 'href="tel:116016"' in page


def test_news_come_only_when_there_are_some(client: Browser, newcomers: FakeNewcomerDesk) -> None:
    say(client, choice="/human")
    seen = re.findall(r'data-seen="(\w+)"', client.get("/").text)[0]
    assert client.get(f"/news?seen={seen}").status_code == 204
    (address,) = newcomers.screens
    newcomers.letters[address] = (LetterView(author="guide", text="Guten <Tag> 06600 123456", at=AT),)
    news = client.get(f"/news?seen={seen}")
    assert news.status_code == 200
    assert "Guten &lt;Tag&gt;" in news.text
    assert "tel:06600123456" in news.text
    assert "<html" not in news.text


def test_a_fault_while_waiting_is_quiet_and_a_fault_while_looking_is_told(
    client: Browser, newcomers: FakeNewcomerDesk
) -> None:
    say(client, choice="/human")
    newcomers.blind = True
    assert client.get("/news?seen=x").status_code == 503
    page = client.get("/")
    assert page.status_code == 503
    assert 'href="tel:112"' in page.text


def test_a_human_is_announced(client: Browser) -> None:
    assert "web.with_human" not in client.get("/").text
    say(client, choice="/human")
    page = client.get("/").text
    assert "web.with_human" in page
    assert "web.reload" in page


def test_the_way_back_is_spent_by_its_button_only(client: Browser, app: Starlette) -> None:
    say(client, choice="r.consent:yes")
    page = client.post(
        "/weiter?lang=de", data=hidden(client.get("/weiter?lang=de").text, "/weiter?lang=de")
    ).text
    link = re.findall(r'href="(http://testserver/weiter/\w+)"', page)[0]
    assert "<svg" in page.partition('class="qr"')[2]
    other = Browser(app)
    assert [other.get(link).status_code for _ in range(3)] == [200, 200, 200]
    arrival = other.get(link)
    action = f"{link.removeprefix('http://testserver')}?lang=en"
    sent = hidden(arrival.text, action)
    assert other.post(action, data=sent).status_code == 303
    assert "r.need:Arbeit" in buttons(other.get("/").text)
    assert Browser(app).post(action, data=sent).status_code == 403


def test_a_guest_gets_no_way_back(client: Browser) -> None:
    say(client, choice="r.start:go")
    page = client.get("/weiter").text
    assert "web.resume_guest" in page
    assert client.post("/weiter", data=hidden(client.get("/").text, "/say")).status_code == 403


def test_town_pages_fall_back_to_german_and_show_html_as_text(client: Browser) -> None:
    page = client.get("/imprint?lang=ar")
    assert '<article class="prose" lang="de" dir="ltr">' in page.text
    assert "&lt;b&gt;Erlenfels" in page.text
    assert "web.page_in_other_language" in page.text
    assert "web.page_in_other_language" not in client.get("/imprint?lang=de").text
    assert client.get("/privacy").status_code == 404
    assert client.get("/impressum").headers["location"] == "/imprint?lang=de"


def test_two_towns_have_a_door_each(newcomers: FakeNewcomerDesk, team: FakeTeamDesk, town: WebTown) -> None:
    towns = [town, WebTown(id="other", name="Andernort", pages=town.pages)]
    client = Browser(web_app(newcomers, team.desks, FakeTexts(), towns, SETTINGS))
    assert 'href="/other/"' in client.get("/").text
    page = client.get("/other/").text
    answer = client.post("/other/say", data={**hidden(page, "/other/say"), "choice": "r.start:go"})
    assert answer.headers["location"] == "/other/#main"
    assert "kw-other" in answer.headers["set-cookie"]
