"""Pages in a real browser at a phone's size, with and without script, in two directions; axe reads them."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, ViewportSize, sync_playwright
from starlette.applications import Starlette

from bot.newcomer_views import LetterView
from tests.web.fake_newcomer_desk import AT, FakeNewcomerDesk

AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
PHONE: ViewportSize = {"width": 360, "height": 740}
QUIET = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
TAPPED = "button, summary, select, textarea, input:not([type=hidden]), a[href]"
TOO_SMALL = f"""[...document.querySelectorAll('{TAPPED}')]
  .filter(e => e.getClientRects().length && !e.closest('p, .jump, .prose'))
  .filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 90))"""
FOUND = """async () => (await axe.run({resultTypes: ['violations']})).violations
  .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes[0].html)"""


@pytest.fixture(scope="module")
def chromium(chromium_path: Path) -> Iterator[Chromium]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def site(app: Starlette) -> Iterator[str]:
    """The application on a free port of this machine."""
    config = uvicorn.Config(app, port=0, log_level="warning", access_log=False, lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(params=["script", "no script"])
def phone(chromium: Chromium, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=PHONE, locale="de", java_script_enabled=request.param == "script")
    context.set_default_timeout(5000)
    yield context
    context.close()


def tap(page: Page, choice: str) -> None:
    with page.expect_navigation():
        page.click(f'button[value="{choice}"] >> nth=-1')


def write(page: Page, text: str) -> None:
    page.fill("textarea", text)
    with page.expect_navigation():
        page.click(".send")


def test_a_newcomer_finds_a_way_with_and_without_script(
    phone: BrowserContext, site: str, newcomers: FakeNewcomerDesk
) -> None:
    page = phone.new_page()
    page.goto(site)
    page.click("summary")
    tap(page, "/language ar")
    assert page.get_attribute("html", "dir") == "rtl"
    assert page.locator("main:focus").count() == 1, "a keyboard goes on where the answer is"
    tap(page, "r.need:unknown")
    assert page.get_attribute('button[value="r.b:set:bus"]', "aria-pressed") == "true"
    tap(page, "/emergency")
    assert page.is_visible('a[href="tel:112"]')
    tap(page, "/human")
    write(page, "أريد دورة لغة")
    assert page.inner_text(".letter.newcomer").endswith("أريد دورة لغة")
    assert len(newcomers.seen) == 5


@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chat_is_accessible_and_fits_a_phone(
    chromium: Chromium, site: str, language: str, scheme: str
) -> None:
    dark = {"color_scheme": scheme}
    context = chromium.new_context(viewport=PHONE, locale=language, bypass_csp=True, **dark)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(site)
    for choice in ("r.start:go", "r.need:unknown", "r.b:done", "/emergency", "/human"):
        check(page)
        tap(page, choice)
    write(page, "Guten Tag")
    check(page)
    page.click("summary")
    check(page)
    for path in ("/imprint", "/weiter", "/weiter/none"):
        page.goto(f"{site}{path}?lang={language}")
        check(page)
    context.add_cookies([{"name": "kw-erlenfels", "value": "known", "url": site}])
    page.goto(f"{site}/weiter?lang={language}")
    with page.expect_navigation():
        page.click("main button")
    assert page.is_visible('a[href^="https://t.me/"]')
    check(page)
    context.close()


@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk_is_accessible_on_a_phone_and_a_screen(
    chromium: Chromium, site: str, width: int, scheme: str
) -> None:
    size, dark = {"width": width, "height": 800}, {"color_scheme": scheme}
    context = chromium.new_context(viewport=size, locale="de", bypass_csp=True, **dark)  # type: ignore[arg-type]
    page = context.new_page()
    for path in ("/desk/anmelden", "/desk/einladung/good-invitation-token"):
        page.goto(f"{site}{path}")
        check(page)
    context.add_cookies([{"name": "kw-desk", "value": "erlenfels-guide", "url": site}])
    for path in ("/desk", "/desk/fall/c1", "/desk/fall/c2", "/desk/team"):
        page.goto(f"{site}{path}")
        check(page)
    context.close()


def check(page: Page) -> None:
    page.add_script_tag(path=AXE)
    assert page.evaluate(FOUND) == []
    assert not page.evaluate(TOO_WIDE)
    assert page.evaluate(TOO_SMALL) == []


def test_nothing_breaks_our_own_rules_and_nothing_is_stored_on_the_phone(
    chromium: Chromium, site: str
) -> None:
    context = chromium.new_context(viewport=PHONE, locale="de")
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(site)
    tap(page, "r.start:go")
    page.click("summary")
    assert said == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    context.close()


def test_an_answer_appears_by_itself_and_leaves_what_is_being_written(
    chromium: Chromium, site: str, newcomers: FakeNewcomerDesk
) -> None:
    context = chromium.new_context(viewport=PHONE, locale="de")
    page = context.new_page()
    page.clock.install()
    page.goto(site)
    tap(page, "/human")
    page.fill("textarea", "Ich wollte noch")
    (address,) = newcomers.screens
    newcomers.letters[address] = (LetterView(author="guide", text="Guten Tag, hier ist Frau Guide.", at=AT),)
    page.clock.run_for(7000)
    page.wait_for_selector(".letter.guide", timeout=5000)
    assert page.input_value("textarea") == "Ich wollte noch"
    context.close()


def test_the_quick_exit_leaves_nothing_to_go_back_to(
    phone: BrowserContext, site: str, newcomers: FakeNewcomerDesk
) -> None:
    phone.route(
        "https://www.dwd.de/**", lambda route: route.fulfill(body="weather", content_type="text/html")
    )
    page = phone.new_page()
    page.goto(site)
    tap(page, "/human")
    page.click(".exit")
    page.wait_for_url("https://www.dwd.de/**")
    page.goto(site)
    assert page.is_visible('button[value="r.start:go"]'), "the first screen, not the conversation"
    assert "kw-erlenfels" not in {cookie.get("name") for cookie in phone.cookies()}
