"""Keeping entries fresh in the team's bot: what is due next, and one tap for each; nothing is guessed."""

from bot.check_steps import GONE, name_of, note_check, result_of
from bot.known_offers import known
from bot.offer_lines import STATES, german_day, german_hours
from bot.team_notes import Note, Tap, quoted
from bot.team_turn import Answer, Talk
from catalog.freshness import Due
from catalog.offer import Offer

SHOWN = 3  # each has a line of buttons of its own; more do not fit on a phone's screen
PAGE = "/desk/pruefen"
NOTHING = "Gerade ist nichts zu prüfen."
LABELS = {"right": "stimmt", "changed": "geändert", "closed": "gibt es nicht mehr"}
KEY_LENGTH = 16


def check(talk: Talk) -> Answer:
    """What should be checked next, the oldest first, with number and hours at hand."""
    found = known(talk.store).due(talk.now)
    if not found:
        return Note(text=NOTHING, link=PAGE), None
    shown, more = found[:SHOWN], len(found) - SHOWN
    lines = [_in_words(number, each) for number, each in enumerate(shown, start=1)]
    rest = [f"Und {more} mehr: nach diesen /check noch einmal."] if more > 0 else []
    text = "\n\n".join(("Bitte prüfen, das Älteste zuerst:", *lines, *rest))
    rows = tuple(_row(talk, number, each.offer) for number, each in enumerate(shown, start=1))
    return Note(text=text, rows=rows, link=PAGE), None


def checked(talk: Talk, key: str, code: str) -> Answer:
    """Somebody has asked or looked. The list stays as it is: no finger shall meet another entry's button."""
    offers = (offer for offer in talk.store.catalogue.offers() if _key(talk, offer) == key)
    offer = next(offers, None)
    if offer is None:
        return Note(text=GONE), None
    done = note_check(talk.store, talk.member, offer.id, result_of(code), talk.now)
    left = len(known(talk.store).due(talk.now))
    more = [f"/check zeigt die nächsten: noch {left}."] if done.ok and left else []
    return Note(text=" ".join((done.sentence, *more)), link="" if result_of(code) == "right" else PAGE), None


def _in_words(number: int, due: Due) -> str:
    offer = due.offer
    state = f" ({STATES[due.state]})" if STATES[due.state] else ""
    lines = (
        f"{number}. {quoted(name_of(offer))}, {quoted(offer.organization)}",
        f"Telefon: {offer.phone}" if offer.phone else "",
        f"Zeiten: {german_hours(offer.opening_hours)}" if offer.opening_hours else "",
        f"Zuletzt geprüft: {german_day(due.right_on)}{state}",
    )
    return "\n".join(line for line in lines if line)


def _row(talk: Talk, number: int, offer: Offer) -> tuple[Tap, ...]:
    key = _key(talk, offer)
    return tuple(
        Tap(label=f"{number} {label}", sends=f"check:{key}:{code}") for code, label in LABELS.items()
    )


def _key(talk: Talk, offer: Offer) -> str:
    """Ids of entries may be as long as all that a button can carry."""
    return talk.house.signed("check", offer.id)[:KEY_LENGTH]
