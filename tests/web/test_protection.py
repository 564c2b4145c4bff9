"""Headers, form tokens, rates, addresses and links, each by itself."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from bot.languages import preferred
from bot.limits import Limits, Rate
from bot.web.addresses import address_of
from bot.web.app import web_app
from bot.web.form_tokens import VALID_SECONDS, FormTokens
from bot.web.linking import linked, paragraphs
from bot.web.site import WebSettings, WebTown
from tests.web.browser import Browser
from tests.web.fake_newcomer_desk import FakeNewcomerDesk
from tests.web.fake_team_desk import FakeTeamDesk
from tests.web.fake_texts import FakeTexts
from tests.web.forms import say

SECRET = b"only for tests, never elsewhere"


@pytest.mark.parametrize(
    "path", ["/", "/say", "/nothing", "/imprint", "/desk", "/desk/anmelden", "/static/none.css"]
)
def test_every_answer_carries_the_careful_headers(client: Browser, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "camera=()" in headers["permissions-policy"]


@pytest.mark.parametrize("path", ["/", "/weiter", "/desk/anmelden", "/desk/einladung/good-invitation-token"])
def test_no_page_has_inline_script_or_style_or_another_server(client: Browser, path: str) -> None:
    page = client.get(path).text
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick" not in page
    assert all(" src=" in part.partition(">")[0] for part in page.split("<script")[1:])
    assert 'src="http' not in page


def test_nobody_is_left_without_help_because_somebody_else_writes_much(
    app: Starlette, newcomers: FakeNewcomerDesk
) -> None:
    """Behind one address as well: each visitor has their own few texts that are looked at."""
    one, other = Browser(app), Browser(app)
    for phone in (one, other):
        while say(phone, choice="r.start:go").status_code == 303:
            pass
    assert [say(one, text="noch einmal").status_code for _ in range(20)] == [429] * 20
    assert say(other, text="Hilfe!").status_code == 303


def test_static_files_are_kept_by_the_browser_for_good(client: Browser) -> None:
    path = client.get("/").text.partition('href="/static/base')[2].partition('"')[0]
    assert "immutable" in client.get(f"/static/base{path}").headers["cache-control"]


def test_https_makes_cookies_secure_and_host_bound(
    newcomers: FakeNewcomerDesk, team: FakeTeamDesk, town: WebTown
) -> None:
    settings = WebSettings(secret=SECRET, public_url="https://chat.example")
    app = web_app(newcomers, team.desks, FakeTexts(), [town], settings)
    answer = say(Browser(app, "https://chat.example"), choice="r.start:go")
    assert answer.headers["set-cookie"].startswith("__Host-kw-erlenfels=")
    assert "secure" in answer.headers["set-cookie"].lower()
    assert "strict-transport-security" in answer.headers


def test_a_form_token_holds_for_its_visitor_and_a_day() -> None:
    now = 1_000_000.0
    tokens = FormTokens(SECRET, lambda: now)
    token = tokens.issue("cookie")
    assert tokens.holds(token, "cookie")
    assert not tokens.holds(token, "other")
    assert not tokens.holds(token[:-1] + "0" if token[-1] != "0" else token[:-1] + "1", "cookie")
    assert not FormTokens(b"another secret, long enough", lambda: now).holds(token, "cookie")
    assert not FormTokens(SECRET, lambda: now + VALID_SECONDS + 61).holds(token, "cookie")


def test_no_start_with_a_short_secret() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        FormTokens(b"short")


def test_a_bucket_fills_again() -> None:
    now = [0.0]
    limits = Limits(lambda: now[0])
    rate = Rate(burst=2, each_second=1)
    assert [limits.allows("a", rate) for _ in range(3)] == [True, True, False]
    assert limits.allows("b", rate), "another visitor is not slowed down"
    now[0] = 1.0
    assert [limits.allows("a", rate) for _ in range(2)] == [True, False]


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "nonsense", "unknown"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
    ],
    ids=[
        "direct",
        "forged",
        "proxied",
        "forged before the proxy",
        "nonsense",
        "IPv6 as a network",
    ],
)
def test_forwarded_addresses_count_only_from_our_own_proxy(peer: str, forwarded: str, address: str) -> None:
    headers = [(b"x-forwarded-for", forwarded.encode())]
    request = Request({"type": "http", "client": (peer, 1), "headers": headers})
    assert address_of(request, frozenset({"10.0.0.1"})) == address


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de-DE,de;q=0.9,en;q=0.8", "de"),
        ("en;q=0.1, ar-EG;q=0.9", "ar"),
        ("prs", "fa"),
        ("kmr-TR", "ku"),
        ("fr", "en"),
        ("", "en"),
        ("x;q=nonsense, uk", "uk"),
        ("a" * 100_000, "en"),
    ],
    ids=lambda value: value[:20],
)
def test_the_wanted_language_is_found(header: str, language: str) -> None:
    assert preferred(header, ["de", "en", "ar", "uk", "fa", "ku"]) == language


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Feuer: 112, Polizei: 110.", ["tel:112", "tel:110"]),
        ("\u2068116 016\u2069, Tag und Nacht", ["tel:116016"]),
        ("0800 1110111 oder 06131 19240", ["tel:08001110111", "tel:0613119240"]),
        ("+49 6600 12345", ["tel:+49660012345"]),
        ("Raum 112a, am 11.10.2026 um 11:10 Uhr, 36110 Ort", []),
        ("https://example.org/a?b=1&c=2.", ["https://example.org/a?b=1&amp;c=2"]),
        ("javascript:alert(1) http://unsafe.example", []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_numbers_and_addresses_in_text_are_tappable(text: str, links: list[str]) -> None:
    html = str(linked(text))
    assert [part.partition('"')[0] for part in html.split('href="')[1:]] == links


def test_linked_text_is_escaped() -> None:
    assert "<b>" not in linked('<b onclick="x">112</b> https://x.example/"><script>')


def test_blank_lines_part_paragraphs() -> None:
    assert paragraphs("a\nb\n\n\nc") == [["a", "b"], ["c"]]


def test_a_large_form_is_refused(app: Starlette) -> None:
    assert Browser(app).post("/say", data={"text": "x" * 100_000}).status_code == 413
