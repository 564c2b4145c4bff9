"""What is missing, what became of it, and what there is twice, on the desk's pages."""

import pytest

from tests.web.browser import Browser
from tests.web.fake_gaps import REFUSED
from tests.web.fake_team_desk import FakeTeamDesk
from tests.web.forms import hidden

PAGE = "/desk/luecken"
DECIDED = {"need": "digital.bank", "decision": "found", "note": "Sparkasse am Markt"}


@pytest.fixture
def guide(client: Browser) -> Browser:
    client.cookies.set("kw-desk", "erlenfels-guide")
    return client


def test_a_gap_stands_with_its_months_and_what_became_of_it(guide: Browser) -> None:
    page = guide.get(PAGE).text
    for told in (
        "<strong>7</strong>",
        "Okt 2026: 3 · Nov 2026: 4",
        "Aufruf an Ehrenamtliche",
        "&lt;fragen&gt;",
    ):
        assert told in page
    assert "Genaue Zahlen" in page


def test_small_needs_told_together_cannot_be_decided_about(guide: Browser) -> None:
    page = guide.get(PAGE).text
    assert "&lt;5" in page
    assert page.count("?bedarf=") == 1


def test_a_link_chooses_the_need(guide: Browser) -> None:
    assert '<option value="digital.bank" selected>' in guide.get(f"{PAGE}?bedarf=digital.bank").text
    assert "selected" not in guide.get(f'{PAGE}?bedarf="><script>').text


def test_a_decision_is_entered_with_one_form(guide: Browser, team: FakeTeamDesk) -> None:
    answer = guide.post(PAGE, data={**hidden(guide.get(PAGE).text, PAGE), **DECIDED})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?fertig=ja")
    assert team.done == [("gap", "erlenfels-guide", *DECIDED.values())]


def test_a_refused_decision_comes_back_as_it_was_filled_in(guide: Browser, team: FakeTeamDesk) -> None:
    form = hidden(guide.get(PAGE).text, PAGE)
    answer = guide.post(PAGE, data={**form, **DECIDED, "need": "none", "note": "<b>x"})
    assert answer.status_code == 422
    for kept in (REFUSED, '<option value="found" selected>', "&lt;b&gt;x"):
        assert kept in answer.text
    assert hidden(answer.text, PAGE)["id"] == form["id"]
    assert team.done == []


def test_offers_that_are_alike_stand_together(guide: Browser) -> None:
    page = guide.get("/desk/doppelt").text
    assert page.index("Sprachcafé &lt;1&gt;") < page.index("Café International")
    assert 'href="/desk/pruefen/cafe"' in page
