"""Letters twice as big on a small phone: nothing overlaps, the way out and help stay in sight."""

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from tests.web.test_browser_pages import PHONE, TOO_WIDE, chromium, site, tap

__all__ = ["chromium", "site"]

TWICE = "html { font-size: 200%; }"
BOXES = """(names) => Object.fromEntries(names.map(name => {
  const box = document.querySelector(name).getBoundingClientRect();
  return [name, [box.left, box.right, box.top, box.bottom].map(Math.round)];
}))"""
ONE_BY_ONE = """[...document.querySelectorAll('.choice span, .exit span, .foot button, p')].filter(e => {
  const box = e.getBoundingClientRect(), size = parseFloat(getComputedStyle(e).fontSize);
  return box.width > 1 && e.textContent.trim().length > 3 && box.width < 2.5 * size;
}).map(e => e.outerHTML)"""


@pytest.mark.parametrize("language", ["uk", "ar"])
def test_a_page_in_big_letters_stays_usable(chromium: Chromium, site: str, language: str) -> None:
    context = chromium.new_context(viewport=PHONE, locale=language, bypass_csp=True)
    page = context.new_page()
    page.goto(site)
    for choice in ("r.start:go", "r.need:unknown", "r.b:done", "/emergency"):
        check_big(page)
        tap(page, choice)
    check_big(page)
    page.click("summary")
    assert not page.evaluate(TOO_WIDE)
    context.close()


def check_big(page: Page) -> None:
    page.add_style_tag(content=TWICE)
    assert not page.evaluate(TOO_WIDE)
    assert page.evaluate(ONE_BY_ONE) == []
    box = page.evaluate(BOXES, [".exit", ".languages summary", ".top", ".dock", ".emergency", ".write"])
    (left, right, *_), (from_, to, *_) = box[".exit"], box[".languages summary"]
    assert right <= from_ or to <= left, "the way out and the languages stand apart"
    assert left >= 0
    assert right <= PHONE["width"]
    assert box[".top"][3] <= PHONE["height"] / 4
    assert PHONE["height"] - box[".dock"][2] <= PHONE["height"] / 3
    assert box[".emergency"][3] <= PHONE["height"], "help is in sight"
    page.focus("textarea")
    assert page.evaluate(BOXES, [".write"])[".write"][3] <= PHONE["height"], "and so is what is written"
    page.evaluate("document.activeElement.blur()")
