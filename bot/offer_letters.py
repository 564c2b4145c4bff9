"""The mail that asks an offer's contact whether the entry is right: its words, and how it leaves."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.channels.base import Bubble
from bot.check_steps import name_of
from bot.house import House, Town
from bot.mail_sender import Post
from bot.offer_lines import address_of, german_day, german_hours
from casework.days import local_day
from catalog.freshness import LINK_GOOD_FOR, Result
from catalog.offer import Offer
from storage.sealed import adapter

QUESTION: dict[Result, str] = {
    Result.RIGHT: "Ja, alles stimmt",
    Result.CHANGED: "Etwas hat sich geändert",
    Result.CLOSED: "Das Angebot gibt es nicht mehr",
}
BODY = """Guten Tag,

Ihr Angebot „{name}“ ({organization}) steht im Wegweiser „Kurze Wege“ der Stadt {place}.
Menschen, die neu in der Stadt sind, lesen dort:

{lines}

Stimmt das noch? Bitte öffnen Sie einen der drei Links und bestätigen Sie dort mit einem Klick.

{links}

Die Links gelten bis zum {until} und nur einmal. Wir fragen höchstens einmal im Vierteljahr.

Haben Sie Fragen, oder möchten Sie keine E-Mails mehr? Rufen Sie bitte an: {role}, {phone}."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLetter:
    """One mail. After `until` its links are of no use any more."""

    subject: str
    text: str
    until: datetime

    def packed(self) -> str:
        """As it stands in the outbox."""
        body: bytes = adapter(OfferLetter).dump_json(self)
        return body.decode()

    @classmethod
    def unpacked(cls, body: str) -> "OfferLetter":
        """What was packed."""
        letter: OfferLetter = adapter(OfferLetter).validate_json(body)
        return letter


class OfferMailSender:
    """A mailbox of an offer as delivery sees it. What was mailed cannot be changed."""

    def __init__(self, house: House, mail: Post) -> None:
        self._house, self._mail = house, mail

    def messages(self, body: str) -> Sequence[Bubble]:
        letter = OfferLetter.unpacked(body)
        if self._house.clock() >= letter.until:
            return ()
        return (Bubble(text=letter.text, subject=letter.subject),)

    async def send(self, address: str, message: Bubble, edits: str | None) -> str | None:  # noqa: ARG002
        """Raises DeliveryError."""
        await self._mail.send(address, message.subject, message.text)
        return None


def letter_of(town: Town, offer: Offer, link: Callable[[Result], str], now: datetime) -> OfferLetter:
    """The question; `link` gives the address of the page for each answer."""
    until, guide = now + LINK_GOOD_FOR, town.municipality.guide
    text = BODY.format(
        name=name_of(offer),
        organization=offer.organization,
        place=town.municipality.name,
        lines="\n".join(f"{label}: {said}" for label, said in told(offer)),
        links="\n\n".join(f"{words}:\n{link(result)}" for result, words in QUESTION.items()),
        until=german_day(local_day(until)),
        role=guide.role,
        phone=guide.phone,
    )
    return OfferLetter(subject=f"Stimmt Ihr Eintrag noch? {name_of(offer)}", text=text, until=until)


def told(offer: Offer) -> tuple[tuple[str, str], ...]:
    """What newcomers read of the entry and its contact should look at: label and text."""
    return tuple((label, said) for label, said in _told(offer) if said)


def _told(offer: Offer) -> Iterator[tuple[str, str]]:
    yield "Was", offer.description.get("de", "")
    yield "Wann", german_hours(offer.opening_hours)
    yield "Wann genau", offer.schedule_description.get("de", "")
    yield "Wo", address_of(offer)
    yield "Telefon", offer.phone or ""
    yield "Internet", offer.url or ""
    yield "Anmelden", offer.application_process.get("de", "")
