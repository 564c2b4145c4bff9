"""A phone and a desk in a real browser: taps, letters, what axe finds, and pictures for the README."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.doors import folded
from tests.e2e.product import PATIENCE

AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
PHONE: ViewportSize = {"width": 360, "height": 740}
SCREEN: ViewportSize = {"width": 1200, "height": 880}
BOARD: ViewportSize = {"width": 1200, "height": 640}
QUIET = [
    *("--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
SCREENSHOTS = "KURZE_WEGE_SCREENSHOTS"
VIOLATIONS = """async () => (await axe.run({resultTypes: ['violations']})).violations
  .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes[0].html)"""
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


def context(chromium: Browser, language: str, *, script: bool = True) -> BrowserContext:
    # axe is put into the page, which the page's own rules forbid
    made = chromium.new_context(
        viewport=PHONE, locale=language, java_script_enabled=script, bypass_csp=True, device_scale_factor=1.5
    )
    made.set_default_timeout(PATIENCE * 1000)
    return made


@dataclass(frozen=True, slots=True)
class Phone:
    """One page in one browser."""

    page: Page

    @property
    def text(self) -> str:
        return folded(self.page.inner_text("main"))

    def open(self, address: str) -> None:
        self.page.goto(address)

    def tap(self, *endings: str) -> None:
        """Tap the last button whose id ends so; a guest's answers stand behind the id."""
        for ending in endings:
            found = f'button[name=choice][value$="{ending}"], button[name=choice][value*="{ending} g~"]'
            with self.page.expect_navigation():
                self.page.click(f":is({found}) >> nth=-1")

    def write(self, text: str) -> None:
        self.page.fill("textarea", text)
        with self.page.expect_navigation():
            self.page.click(".send")

    def write_letter(self, text: str) -> None:
        """Answer at the desk."""
        self.page.fill("#schreiben textarea", text)
        self.press("Senden")

    def press(self, label: str) -> None:
        """Press a button of the desk that leads to another page."""
        with self.page.expect_navigation():
            self.page.click(f'button:has-text("{label}") >> nth=0')

    def check(self) -> None:
        """Nothing serious for axe, nothing wider than the phone."""
        self.page.add_script_tag(path=AXE)
        assert self.page.evaluate(VIOLATIONS) == [], self.page.url
        assert not self.page.evaluate(TOO_WIDE), self.page.url

    def picture(self, name: str, size: ViewportSize = PHONE) -> None:
        """A screenshot for the README, from the page's top, if the environment names a folder for it."""
        folder = os.environ.get(SCREENSHOTS)
        if not folder:
            return
        Path(folder).mkdir(parents=True, exist_ok=True)
        before = self.page.viewport_size or PHONE
        self.page.set_viewport_size(size)
        self.page.evaluate("scrollTo(0, 0)")
        scale: Literal["css", "device"] = "device" if size == PHONE else "css"
        self.page.screenshot(path=Path(folder) / f"{name}.png", scale=scale)
        self.page.set_viewport_size(before)
