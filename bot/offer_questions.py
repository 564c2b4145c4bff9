"""The quarterly question to an offer's contact: who is asked, and what an answer does; no GET answers it."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.case_views import Done
from bot.check_steps import LONGEST_FOUND, name_of, result_of, version_of
from bot.doors import MAIL, OFFER_MAIL
from bot.house import House
from bot.known_offers import known
from bot.mail_settings import mailbox
from bot.offer_letters import letter_of, told
from bot.offer_lines import german_day
from casework.days import LOCAL, local_day
from catalog.freshness import (
    CONTACT,
    LINK_GOOD_FOR,
    Check,
    Result,
    one_an_address,
    quarter_of,
    to_be_asked,
)
from catalog.normalise import clean
from catalog.offer import Offer
from storage.questions import Question
from storage.store import Store

AT_ONCE = 20
"""Questions of one run: a town's offers are spread over a morning, and no server takes it for spam."""

OFFICE_HOURS = range(8, 17)
AGAIN_TO_AN_ADDRESS = timedelta(hours=20)
"""Who has several offers is asked about one a day."""

A_QUARTER = timedelta(days=93)
PATH = "/desk/angebot"
SPENT = "Dieser Link gilt nicht mehr. Ist etwas an Ihrem Eintrag falsch? Rufen Sie bitte die Stadt an."
TOO_LONG = f"Der Text ist zu lang: höchstens {LONGEST_FOUND} Zeichen."
WHICH = "Bitte wählen Sie eine der drei Antworten."
RIGHT_BUT = (
    "Sie haben etwas geschrieben. Wählen Sie dann bitte „Etwas hat sich geändert“, oder löschen Sie den Text."
)
THANKS = {
    Result.RIGHT: "Danke. Ihr Eintrag gilt als geprüft.",
    Result.CHANGED: "Danke. Wir ändern den Eintrag und fragen nach, wenn etwas unklar ist.",
    Result.CLOSED: "Danke. Wir nehmen den Eintrag heraus.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a link in a mail is about; `lines` are label and text of what newcomers read."""

    name: str
    organization: str
    place: str
    lines: tuple[tuple[str, str], ...]
    until: str


def ask_contacts(house: House, store: Store, is_working_day: Callable[[date], bool]) -> int:
    """Puts this quarter's questions into the outbox, `AT_ONCE` at most; how many they were.

    Only in towns that have switched it on, only where mail and the pages work, and only on working days.
    """
    town, now = house.towns[store.town], house.clock()
    mails = (store.town, MAIL) in house.channels and bool(house.public_url)
    if not (mails and town.municipality.quarterly_question and _is_open(now, is_working_day)):
        return 0
    quarter, asked = quarter_of(now), 0
    for offer in _next(store, quarter, now)[:AT_ONCE]:
        if store.questions.ask(offer.id, quarter, now):
            address = f"{house.public_url.rstrip('/')}{PATH}/{token_of(house, store.town, offer.id, quarter)}"
            letter = letter_of(town, offer, lambda result, at=address: f"{at}?antwort={result}", now)  # type: ignore[misc]
            store.outbox.add(None, OFFER_MAIL, mailbox(offer.email or ""), letter.packed(), now)
            asked += 1
    return asked


def token_of(house: House, town: str, offer_id: str, quarter: str) -> str:
    """Names town, offer and quarter, and cannot be made by anyone else."""
    stem = f"{town}.{offer_id}.{quarter}"
    return f"{stem}.{house.signed('offer question', stem)}"


class OfferQuestions:
    """For whoever holds a link from such a mail; nobody signs in."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def asked(self, token: str) -> Asked | None:
        """What the link is about if it is still good; looking does not spend it."""
        town, offer_id, quarter = self._parts(token)
        if not town:
            return None
        return await self._house.in_town(town, lambda store: self._asked(store, offer_id, quarter))

    async def answer(self, token: str, code: str, words: str) -> Done:
        """ "Right" is a check by the contact; everything else waits for the guide. Once."""
        town, offer_id, quarter = self._parts(token)
        result, words = result_of(code), clean(words)
        problem = _problem(result, words)
        if not town or (problem and await self.asked(token) is None):
            return Done(ok=False, sentence=SPENT)
        if problem or result is None:
            return Done(ok=False, sentence=problem or WHICH)

        def work(store: Store) -> bool:
            return self._answer(store, offer_id, quarter, result, words)

        done = await self._house.in_town(town, work)
        return Done(ok=done, sentence=THANKS[result] if done else SPENT)

    def _asked(self, store: Store, offer_id: str, quarter: str) -> Asked | None:
        question, offer = store.questions.get(offer_id, quarter), store.catalogue.get(offer_id)
        if offer is None or question is None or not _is_good(question, self._house.clock()):
            return None
        return Asked(
            name=name_of(offer),
            organization=offer.organization,
            place=self._house.towns[store.town].municipality.name,
            lines=told(offer),
            until=german_day(local_day(question.asked_at + LINK_GOOD_FOR)),
        )

    def _answer(self, store: Store, offer_id: str, quarter: str, result: Result, words: str) -> bool:
        now = self._house.clock()
        if self._asked(store, offer_id, quarter) is None:
            return False
        if not store.questions.answer(offer_id, quarter, result, words, now):
            return False
        if result is Result.RIGHT:
            version, today = version_of(store, offer_id), local_day(now)
            store.checks.add(
                Check(offer=offer_id, version=version, on=today, at=now, by=CONTACT, result=result)
            )
        return True

    def _parts(self, token: str) -> tuple[str, str, str]:
        """Town, offer and quarter; all empty if it is no such token."""
        stem, _, _ = token.rpartition(".")
        town, _, rest = stem.partition(".")
        offer_id, _, quarter = rest.rpartition(".")
        # a signature is made of what was found, never of what was sent: that may be in any encoding
        if town not in self._house.towns or not token.isascii():
            return "", "", ""
        good = token_of(self._house, town, offer_id, quarter)
        return (town, offer_id, quarter) if hmac.compare_digest(token, good) else ("", "", "")


def _next(store: Store, quarter: str, now: datetime) -> tuple[Offer, ...]:
    """Whose contact is to be asked now, the oldest first; only of the town's own, others keep the rest."""
    all_, questions = known(store), store.questions
    asked = {offer for offer, when in questions.asked_since(now - A_QUARTER) if when == quarter}
    left_out = asked | {each.offer for each in questions.waiting()} | all_.closed
    left = (offer for offer in all_.own if offer.id not in left_out)
    candidates = [offer for offer in to_be_asked(left, all_.confirmed, now) if _can_be_mailed(offer)]
    lately = {offer for offer, _ in questions.asked_since(now - AGAIN_TO_AN_ADDRESS)}
    return one_an_address(candidates, {all_.offers[id_].email or "" for id_ in lately if id_ in all_.offers})


def _can_be_mailed(offer: Offer) -> bool:
    try:
        return bool(mailbox(offer.email or ""))
    except ValueError:  # such as two addresses in one field
        return False


def _is_open(now: datetime, is_working_day: Callable[[date], bool]) -> bool:
    local = now.astimezone(LOCAL)
    return local.hour in OFFICE_HOURS and is_working_day(local.date())


def _is_good(question: Question, now: datetime) -> bool:
    return question.answered_at is None and now < question.asked_at + LINK_GOOD_FOR


def _problem(result: Result | None, words: str) -> str:
    if result is None:
        return WHICH
    if len(words) > LONGEST_FOUND:
        return TOO_LONG
    return RIGHT_BUT if words and result is Result.RIGHT else ""
