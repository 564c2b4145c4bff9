"""What a link in a mail to a contact does, once, and what nobody can do with one that is made up."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.check_steps import LONGEST_FOUND
from bot.house import House
from bot.offer_checks import OfferChecks
from bot.offer_letters import OfferMailSender
from bot.offer_questions import RIGHT_BUT, SPENT, TOO_LONG, WHICH, token_of
from catalog.freshness import CONTACT, LINK_GOOD_FOR, Result
from storage.questions import Question
from tests.bot.conftest import NOW
from tests.bot.contacts import (
    CHANGE,
    GARDEN,
    QUARTER,
    WORDS,
    answer,
    ask,
    asks_about_the_garden,
    looks,
    posted,
)
from tests.bot.people import Worker, stored
from tests.doors import TOWN, Clock, make_app
from tests.web.browser import Browser
from tests.web.forms import hidden


@pytest.fixture
def house(house: House) -> House:
    return asks_about_the_garden(house)


def question(house: House) -> Question:
    found = stored(house, lambda store: store.questions.get(GARDEN, QUARTER))
    assert found is not None
    return found


def test_looking_spends_and_changes_nothing(house: House) -> None:
    ask(house)
    before = question(house)
    assert looks(house) == looks(house) is not None
    assert question(house) == before
    assert stored(house, lambda store: store.checks.newest()) == {}


def test_right_is_a_check_by_the_contact(house: House) -> None:
    ask(house)
    assert answer(house, "right")[0]
    (check,) = stored(house, lambda store: store.checks.of_offer(GARDEN))
    assert (check.by, check.member, check.on, check.result) == (CONTACT, None, NOW.date(), Result.RIGHT)
    assert stored(house, lambda store: store.questions.waiting()) == ()


@pytest.mark.parametrize("result", ["changed", "closed"])
def test_what_is_wrong_waits_for_the_guide_and_hides_nothing(
    house: House, guide: Worker, result: str
) -> None:
    """A mail may be read by anyone: nobody closes an offer by a link."""
    ask(house)
    assert answer(house, result, WORDS)[0]
    assert stored(house, lambda store: store.checks.newest()) == {}
    checks = OfferChecks(house)
    (line,) = asyncio.run(checks.board(guide.signed_in)).wrong
    assert (line.entry.id, line.words, line.quarter) == (GARDEN, WORDS, QUARTER)
    assert asyncio.run(checks.settle(guide.signed_in, GARDEN, QUARTER)).ok
    assert asyncio.run(checks.board(guide.signed_in)).wrong == ()
    assert question(house).words == ""
    assert not asyncio.run(checks.settle(guide.signed_in, GARDEN, QUARTER)).ok


@pytest.mark.parametrize("second", ["right", "changed", "closed"])
def test_a_link_is_good_once(house: House, second: str) -> None:
    ask(house)
    assert answer(house, "right")[0]
    assert answer(house, second) == (False, SPENT)
    assert looks(house) is None
    assert len(stored(house, lambda store: store.checks.of_offer(GARDEN))) == 1


def test_a_link_ends(house: House, clock: Clock) -> None:
    ask(house)
    clock.now = NOW + LINK_GOOD_FOR - timedelta(seconds=1)
    assert looks(house) is not None
    clock.now = NOW + LINK_GOOD_FOR
    assert looks(house) is None
    assert answer(house, "right") == (False, SPENT)


def test_a_link_that_nobody_was_sent_is_none(house: House) -> None:
    """Even if it is signed: the quarter was never asked about."""
    assert looks(house) is None
    assert answer(house, "right") == (False, SPENT)


def test_a_link_to_an_entry_that_was_taken_out_is_none(house: House) -> None:
    ask(house)
    stored(house, lambda store: store.catalogue.withdraw(GARDEN, CHANGE))
    assert looks(house) is None
    assert answer(house, "right") == (False, SPENT)


@pytest.mark.parametrize(
    "forged",
    [
        "",
        ".",
        "...",
        "none",
        f"{TOWN}.{GARDEN}.{QUARTER}",
        f"{TOWN}.{GARDEN}.{QUARTER}.",
        f"{TOWN}.{GARDEN}.{QUARTER}.{'0' * 43}",
        f"elsewhere.{GARDEN}.{QUARTER}.{'0' * 43}",
        "💥" * 50,
        "\udc80.\udc80.\udc80.\udc80",
        "a" * 10_000,
    ],
    ids=range(11),
)
def test_a_forged_link_is_none(house: House, forged: str) -> None:
    ask(house)
    assert looks(house, forged) is None
    assert answer(house, "right", token=forged)[0] is False
    assert question(house).answered_at is None


@pytest.mark.parametrize(
    ("offer", "quarter"), [(GARDEN, "2027-Q1"), ("sprachcafe-mittwoch", QUARTER)], ids=["quarter", "offer"]
)
def test_a_signature_is_good_for_its_own_offer_and_quarter_alone(
    house: House, offer: str, quarter: str
) -> None:
    ask(house)
    good = token_of(house, TOWN, GARDEN, QUARTER).rpartition(".")[2]
    assert looks(house, f"{TOWN}.{offer}.{quarter}.{good}") is None


def test_another_installations_key_makes_no_link(house: House) -> None:
    ask(house)
    other = token_of(replace(house, secret=b"another secret of another town"), TOWN, GARDEN, QUARTER)
    assert looks(house, other) is None


@pytest.mark.parametrize(
    ("result", "words", "told"),
    [
        ("", "", WHICH),
        ("burnt", "", WHICH),
        ("right", WORDS, RIGHT_BUT),
        ("changed", "x" * (LONGEST_FOUND + 1), TOO_LONG),
    ],
    ids=["nothing", "no answer of ours", "right, but", "too long"],
)
def test_what_is_no_answer_spends_nothing(house: House, result: str, words: str, told: str) -> None:
    ask(house)
    assert answer(house, result, words) == (False, told)
    assert question(house).answered_at is None
    assert answer(house, "closed")[0]


def test_words_are_kept_without_what_could_turn_them_around(house: House) -> None:
    ask(house)
    answer(house, "changed", "Neu:\u202e 16\x00 Uhr\nim Hof")
    assert question(house).words == "Neu: 16 Uhr\nim Hof"


def test_a_letter_whose_links_have_ended_is_not_sent_any_more(house: House, clock: Clock) -> None:
    ask(house)
    ((_, letter),) = posted(house)
    sender = OfferMailSender(house, None)  # type: ignore[arg-type]
    assert len(sender.messages(letter.packed())) == 1
    clock.now = NOW + LINK_GOOD_FOR
    assert sender.messages(letter.packed()) == ()


def test_the_pages_of_a_link_do_what_the_mail_says(house: House) -> None:
    """From the link to the check, as a browser without script goes."""
    ask(house)
    token, browser = token_of(house, TOWN, GARDEN, QUARTER), Browser(make_app(house))
    path = f"/desk/angebot/{token}"
    page = browser.get(f"{path}?antwort=right")
    assert (page.status_code, "Apr–Okt: Mi, Sa 15:00–19:00" in page.text) == (200, True)
    assert stored(house, lambda store: store.checks.newest()) == {}
    form = {**hidden(page.text, path), "result": "right", "words": ""}
    assert "Danke. Ihr Eintrag gilt als geprüft." in browser.post(path, data=form).text
    assert [check.by for check in stored(house, lambda store: store.checks.of_offer(GARDEN))] == [CONTACT]
    assert browser.get(path).status_code == 404
