"""The quarterly question to contacts: who is asked when, by a real mail, and what an answer does."""

import asyncio
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.mail import Mail
from bot.check_steps import LONGEST_FOUND
from bot.delivery import Delivery
from bot.doors import MAIL, OFFER_MAIL
from bot.house import House
from bot.jobs import JOBS, ask_about_offers, run_job
from bot.mail_settings import mail_settings
from bot.offer_checks import OfferChecks
from bot.offer_letters import OfferLetter, OfferMailSender
from bot.offer_questions import (
    AT_ONCE,
    RIGHT_BUT,
    SPENT,
    TOO_LONG,
    WHICH,
    OfferQuestions,
    token_of,
)
from bot.settings import Settings
from casework.days import LOCAL
from catalog.freshness import CONTACT, LINK_GOOD_FOR, Result
from catalog.offer import Offer
from storage.catalogue import Change
from storage.questions import Question
from storage.store import Store
from tests.bot.conftest import NOW
from tests.bot.people import Worker, stored
from tests.bot.post_office import LOOPBACK, PostOffice, opened
from tests.catalog.town import erlenfels
from tests.doors import TOWN, Clock

SITE = "https://wege.example.org"
GARDEN, QUARTER = "interkultureller-garten", "2026-Q4"
OLD = NOW.date() - timedelta(days=100)
CHANGE = Change(by="test", why="test", at=NOW)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WORDS = "Jetzt donnerstags, 15 bis 17 Uhr."


def asking(house: House, *, switched_on: bool = True, mails: bool = True, site: str = SITE) -> House:
    """The house as it asks: the switch, the server and the address of the pages are all needed."""
    town = house.towns[TOWN]
    municipality = replace(town.municipality, quarterly_question=switched_on)
    return replace(
        house,
        towns={TOWN: replace(town, municipality=municipality)},
        channels=frozenset({(TOWN, MAIL)}) if mails else frozenset(),
        public_url=site,
    )


@pytest.fixture
def house(house: House) -> House:
    """Only the garden has to be asked about."""
    stored(house, lambda store: only(store, garden(store)))
    return asking(house)


def garden(store: Store, **changed: object) -> Offer:
    found = next(offer for offer in store.catalogue.offers() if offer.id == GARDEN)
    return replace(found, assured_date=OLD, **changed)  # type: ignore[arg-type]


def only(store: Store, *offers: Offer) -> None:
    """The town's own entries are these, and what others share was checked today."""
    store.catalogue.share(())
    store.catalogue.put_offers(offers, CHANGE, complete=True)


def ask(house: House) -> int:
    return stored(house, lambda store: ask_about_offers(house, store))


def posted(house: House) -> list[tuple[str, OfferLetter]]:
    """Address and letter of what waits in the outbox for contacts."""
    rows = stored(house, lambda store: store.outbox.lease(house.clock(), 99, [OFFER_MAIL]))
    return [(row.address, OfferLetter.unpacked(row.body)) for row in rows]


def test_a_contact_is_asked_with_three_links_to_one_page(house: House) -> None:
    assert ask(house) == 1
    ((address, letter),) = posted(house)
    assert address == "interkultureller-garten@erlenfels.example.org"
    assert letter.subject == "Stimmt Ihr Eintrag noch? Interkultureller Garten"
    links = re.findall(r"^https://\S+$", letter.text, re.MULTILINE)[-3:]
    token = token_of(house, TOWN, GARDEN, QUARTER)
    page = f"{SITE}/desk/angebot/{token}?antwort="
    assert links == [f"{page}{result}" for result in ("right", "changed", "closed")]
    for told in (
        "Verein Miteinander Erlenfels",
        "Apr–Okt: Mi, Sa 15:00–19:00",
        "07.01.2027",
        "+49 69 90009001",
    ):
        assert told in letter.text


def test_the_mail_goes_out_through_a_real_server_as_one_plain_text(house: House) -> None:
    ask(house)
    office = PostOffice()

    async def sent() -> None:
        async with opened(office) as port:
            settings = Settings(
                smtp_host=LOOPBACK,
                smtp_port=port,
                smtp_tls="none",
                smtp_from="Kurze Wege <wege@stadt.example>",
            )
            found = mail_settings(settings)
            assert found is not None
            sender = OfferMailSender(house, Mail(found, patience=10))
            delivery = Delivery(house, {(TOWN, OFFER_MAIL): sender})
            await delivery.look(TOWN)
            await delivery.noted()
            await delivery.stop(1)

    asyncio.run(sent())
    mail = office.mail()
    assert mail["To"] == "interkultureller-garten@erlenfels.example.org"
    assert mail["Subject"] == "Stimmt Ihr Eintrag noch? Interkultureller Garten"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    assert token_of(house, TOWN, GARDEN, QUARTER) in mail.get_content()
    assert posted(house) == []


@pytest.mark.parametrize(
    "how",
    [{"switched_on": False}, {"mails": False}, {"site": ""}],
    ids=["not switched on", "no mail server", "no address of the pages"],
)
def test_nobody_is_asked_unless_everything_is_set_up(house: House, how: dict[str, object]) -> None:
    assert ask(asking(house, **how)) == 0  # type: ignore[arg-type]
    assert stored(house, lambda store: store.questions.asked_since(NOW)) == frozenset()


def test_a_town_asks_nobody_by_itself(house: House) -> None:
    """The switch is off unless the town's file says otherwise."""
    assert erlenfels().quarterly_question is False


@pytest.mark.parametrize(
    ("local", "asks"),
    [
        ("2026-11-23T07:59", False),
        ("2026-11-23T08:00", True),
        ("2026-11-23T16:59", True),
        ("2026-11-23T17:00", False),
        ("2026-11-22T10:00", False),
        ("2026-12-25T10:00", False),
        ("2027-03-29T10:00", False),
        ("2027-03-30T08:00", True),
    ],
    ids=[
        "too early",
        "the first hour",
        "the last hour",
        "too late",
        "a Sunday",
        "Christmas",
        "Easter Monday, the day after the clocks changed",
        "the first hour in summer time",
    ],
)
def test_nobody_is_asked_at_night_or_on_a_day_off(house: House, clock: Clock, local: str, asks: bool) -> None:
    clock.now = datetime.fromisoformat(local).replace(tzinfo=LOCAL).astimezone(UTC)
    assert bool(ask(house)) is asks


def test_a_contact_is_asked_once_a_quarter_whatever_happens(house: House, clock: Clock) -> None:
    """However often the job runs, whether the mail arrived or not, and again in the next quarter."""
    asked = [ask(house)]
    for day in range(1, 38):
        clock.now = NOW + day * DAY
        asked.append(ask(house))
    assert sum(asked) == 1
    clock.now = datetime(2027, 1, 4, 10, tzinfo=UTC)
    assert [ask(house), ask(house)] == [1, 0]


def test_new_years_eve_and_new_years_day_are_two_quarters(house: House, clock: Clock) -> None:
    clock.now = datetime(2026, 12, 31, 10, tzinfo=UTC)
    ask(house)
    clock.now = datetime(2027, 1, 4, 10, tzinfo=UTC)
    ask(house)
    found = stored(house, lambda store: store.questions.asked_since(NOW))
    assert found == {(GARDEN, QUARTER), (GARDEN, "2027-Q1")}


@pytest.mark.parametrize(
    "changed",
    [
        {"email": None},
        {"email": "a@example.org, b@example.org"},
        {"email": "a@example.org\nBcc: b@example.org"},
        {"address_secret": True, "address": None},
    ],
    ids=["no address", "two addresses", "a header", "a secret place"],
)
def test_who_cannot_or_must_not_be_asked_is_not(house: House, changed: dict[str, object]) -> None:
    stored(house, lambda store: only(store, garden(store, **changed)))
    assert ask(house) == 0
    assert posted(house) == []


def test_shared_entries_are_asked_about_by_nobody_who_only_shows_them(house: House) -> None:
    """Two towns that share one would else both ask."""

    def share(store: Store) -> None:
        found = garden(store)
        store.catalogue.put_offers((), CHANGE, complete=True)
        store.catalogue.share(("district",))
        store.catalogue.put_offers((found,), CHANGE, shared="district")

    stored(house, share)
    assert ask(house) == 0


def test_who_has_several_offers_is_asked_about_one_a_day(house: House, clock: Clock) -> None:
    stored(house, lambda store: only(store, *(garden(store, id=f"garden-{n}") for n in range(3))))
    asked = []
    for hours in (0, 1, 24, 25, 48, 72):
        clock.now = NOW + hours * HOUR
        asked.append(ask(house))
    assert asked == [1, 0, 1, 0, 1, 0]


def test_a_run_asks_so_many_at_most_and_goes_on_in_the_next(house: House) -> None:
    offers = [f"garden-{n:02}" for n in range(AT_ONCE + 3)]
    stored(
        house,
        lambda store: only(store, *(garden(store, id=id_, email=f"{id_}@example.org") for id_ in offers)),
    )
    assert [ask(house), ask(house), ask(house)] == [AT_ONCE, 3, 0]


def test_whose_last_answer_still_waits_is_not_asked_again(house: House, clock: Clock) -> None:
    ask(house)
    answer(house, "changed", WORDS)
    clock.now = datetime(2027, 1, 4, 10, tzinfo=UTC)
    assert ask(house) == 0


def test_the_job_is_one_of_those_that_run_every_hour(house: House) -> None:
    (job,) = (job for job in JOBS if job.work is ask_about_offers)
    assert job.every == HOUR
    run_job(house, job)
    assert len(posted(house)) == 1


# What happens with a link


def answer(house: House, result: str, words: str = "", token: str | None = None) -> tuple[bool, str]:
    good = token_of(house, TOWN, GARDEN, QUARTER)
    done = asyncio.run(OfferQuestions(house).answer(good if token is None else token, result, words))
    return done.ok, done.sentence


def looks(house: House, token: str | None = None) -> object:
    good = token_of(house, TOWN, GARDEN, QUARTER)
    return asyncio.run(OfferQuestions(house).asked(good if token is None else token))


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
