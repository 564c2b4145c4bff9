"""Appointments on a guide's pages: what is shown, what a form sends, and what a refused form keeps."""

import re

import pytest
from playwright.sync_api import Browser as Chromium

from tests.web.browser import Browser
from tests.web.fake_appointments import PAST
from tests.web.fake_team_desk import FakeTeamDesk
from tests.web.forms import hidden
from tests.web.test_browser_pages import PHONE, check, chromium, site

__all__ = ["chromium", "site"]

CASE = "/desk/fall/c2"
MAKE, CANCEL = f"{CASE}/termin", f"{CASE}/termin-absagen"
TYPED = {"day": "2026-11-27", "clock": "14:00", "place": "Rathaus", "bring": "Pass", "remind": "yes"}


@pytest.fixture
def guide(client: Browser) -> Browser:
    client.cookies.set("kw-desk", "erlenfels-guide")
    return client


def test_appointments_stand_with_the_case_whatever_became_of_them(guide: Browser) -> None:
    part = guide.get(CASE).text.partition('id="termine"')[2]
    assert part.count("Fr., 27. Nov., 14:00</strong>") == 3
    assert part.count(">abgesagt<") == part.count(">vorbei<") == 1
    assert "mitbringen: " in part


def test_only_what_will_take_place_can_be_cancelled(guide: Browser) -> None:
    assert re.findall(r'name="appointment" value="(\w+)"', guide.get(CASE).text) == ["t1"]


def test_who_does_not_own_the_case_gets_no_form(client: Browser) -> None:
    client.cookies.set("kw-desk", "erlenfels-deputy")
    page = client.get(CASE).text
    assert "Rathaus, Zimmer 12" in page
    assert "/termin" not in page.replace("/termine", "")


@pytest.mark.parametrize(
    ("typed", "reminds"),
    [(TYPED, "remind"), (TYPED | {"remind": ""}, "no reminder")],
    ids=["with reminders", "without"],
)
def test_an_appointment_is_made_with_one_form(
    guide: Browser, team: FakeTeamDesk, typed: dict[str, str], reminds: str
) -> None:
    answer = guide.post(MAKE, data={**hidden(guide.get(CASE).text, MAKE), **typed})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{CASE}#termine")
    assert team.done == [
        ("appoint", "erlenfels-guide", "c2", "2026-11-27", "14:00", "Rathaus", "Pass", reminds)
    ]


def test_a_refused_form_comes_back_as_it_was_filled_in(guide: Browser, team: FakeTeamDesk) -> None:
    """With the reason, and with its number, so that sending it again is still the same form."""
    form = hidden(guide.get(CASE).text, MAKE)
    answer = guide.post(MAKE, data={**form, **TYPED, "day": "2025-11-27", "place": "<b>Rathaus"})
    assert answer.status_code == 409
    assert PAST in answer.text
    for value in ("2025-11-27", "14:00", "&lt;b&gt;Rathaus", "Pass"):
        assert f'value="{value}"' in answer.text
    assert " checked" in answer.text
    assert hidden(answer.text, MAKE)["id"] == form["id"]
    assert team.done == []


def test_an_appointment_is_cancelled_with_one_form(guide: Browser, team: FakeTeamDesk) -> None:
    answer = guide.post(CANCEL, data=hidden(guide.get(CASE).text, CANCEL))
    assert (answer.status_code, answer.headers["location"]) == (303, f"{CASE}#termine")
    assert team.done == [("cancel", "erlenfels-guide", "c2", "t1")]


def test_a_cancelling_that_comes_too_late_says_why(guide: Browser, team: FakeTeamDesk) -> None:
    form = hidden(guide.get(CASE).text, CANCEL)
    team.owners["c2"] = "erlenfels-deputy"
    answer = guide.post(CANCEL, data=form)
    assert answer.status_code == 409
    assert "Diesen Termin gibt es nicht mehr." in answer.text


@pytest.mark.parametrize("sensitive", [False, True])
def test_where_it_could_harm_nobody_is_reminded_unless_the_guide_ticks_it(
    guide: Browser, team: FakeTeamDesk, sensitive: bool
) -> None:
    team.appointments.sensitive = sensitive
    page = guide.get(CASE).text
    assert ('name="remind" value="yes" checked' in page) is not sensitive
    assert ("Erinnern Sie nur, wenn die Person das möchte." in page) is sensitive


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_forms_are_accessible_on_a_phone(chromium: Chromium, site: str, scheme: str) -> None:
    """Opened, and again after a refusal, filled in by hand."""
    dark = {"color_scheme": scheme}
    context = chromium.new_context(viewport=PHONE, locale="de", bypass_csp=True, **dark)  # type: ignore[arg-type]
    context.add_cookies([{"name": "kw-desk", "value": "erlenfels-guide", "url": site}])
    page = context.new_page()
    page.goto(f"{site}{CASE}")
    for summary in page.locator("#termine summary").all():
        summary.click()
    check(page)
    for name, value in (("day", "2025-11-27"), ("clock", "14:00"), ("place", "Rathaus")):
        page.fill(f"[name={name}]", value)
    with page.expect_navigation():
        page.click(".appointment .main")
    assert page.input_value("[name=day]") == "2025-11-27"
    check(page)
    context.close()
