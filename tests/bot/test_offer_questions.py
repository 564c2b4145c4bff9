"""The quarterly question to contacts: who is asked when, and that it goes out by a real mail."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.mail import Mail
from bot.delivery import Delivery
from bot.doors import MAIL, OFFER_MAIL
from bot.house import House
from bot.jobs import JOBS, ask_about_offers, run_job
from bot.mail_sender import MailSender
from bot.mail_settings import mail_settings
from bot.offer_letters import OfferMailSender
from bot.offer_questions import AT_ONCE, token_of
from bot.serving import _mail
from bot.settings import Settings
from casework.days import LOCAL
from storage.store import Store
from tests.bot.conftest import NOW
from tests.bot.contacts import (
    CHANGE,
    GARDEN,
    QUARTER,
    SITE,
    WORDS,
    answer,
    ask,
    asking,
    asks_about_the_garden,
    garden,
    only,
    posted,
)
from tests.bot.people import stored
from tests.bot.post_office import LOOPBACK, PostOffice, opened
from tests.catalog.town import erlenfels
from tests.doors import TOWN, Clock

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def house(house: House) -> House:
    return asks_about_the_garden(house)


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


def test_where_mail_is_set_up_both_the_team_and_contacts_have_a_way_out(house: House) -> None:
    """What nothing sends would be dropped after a day without a word."""
    settings = Settings(smtp_host=LOOPBACK, smtp_tls="none", smtp_from="wege@stadt.example")
    ways = _mail(house, settings)
    assert {channel: type(sender) for (_, channel), sender in ways.items()} == {
        MAIL: MailSender,
        OFFER_MAIL: OfferMailSender,
    }
    assert _mail(house, Settings()) == {}


def test_the_job_is_one_of_those_that_run_every_hour(house: House) -> None:
    (job,) = (job for job in JOBS if job.work is ask_about_offers)
    assert job.every == HOUR
    run_job(house, job)
    assert len(posted(house)) == 1
