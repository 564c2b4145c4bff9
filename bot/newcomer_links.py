"""Ways from one door to another: a link that was followed into a messenger, and the one to the web chat."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.erasing import erase_account
from bot.house import House, Town
from bot.newcomer_greeting import missed
from bot.newcomer_turn import Arrival
from bot.posts import Part
from bot.rendering import WAY_ON
from casework.tallies import cells_for_entry
from catalog.municipality import OTHER_ENTRY, WAY_BACK
from dialogs.messages import Choice, Reply
from storage.accounts import Account
from storage.errors import TooManyTries
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said instead of a turn; `account`, if not the one that came, and its language."""

    parts: list[Part] = field(default_factory=list)
    account: str = ""
    language: str = ""


def arrived_by_link(
    house: House, store: Store, arrival: Arrival, account: Account, now: datetime
) -> Told | None:
    """What a link carried: the way back to a conversation, or where it hangs on a wall, which is counted.

    None: go on with the message as usual.
    """
    if not arrival.start:
        return None
    if not WAY_BACK.fullmatch(arrival.start):
        known = arrival.town.municipality.entry_points
        entry = arrival.start if arrival.start in known else OTHER_ENTRY
        for cell in cells_for_entry(now, entry, arrival.door):
            store.tallies.add_once(account.id, cell)
        return None
    if not account.guest:
        return Told(parts=[Part(reply=Reply(key="telegram.already_here"))])
    return _resumed(house, store, arrival, account, now)


def way_to_web(house: House, store: Store, town: Town, account: Account, now: datetime) -> Told:
    """The web chat's address; for whoever is known a new link that leads to the same conversation."""
    web = house.web_address(town.id)
    if not web:
        return Told(parts=[Part(reply=Reply(key="telegram.web_none"))])
    if account.guest:
        return Told(parts=[_linked("telegram.web_guest", web)])
    code = store.resume.issue(account.id, now)
    return Told(parts=[_linked("telegram.web_known", f"{web}/weiter/{code}")])


def _resumed(house: House, store: Store, arrival: Arrival, guest: Account, now: datetime) -> Told:
    address = arrival.address or ""
    try:
        found = store.resume.redeem(arrival.start, now, f"{arrival.door} {address}")
    except TooManyTries:  # looks like a wrong code
        found = None
    conversation = store.conversations.load(found) if found is not None else None
    if found is None or conversation is None:
        return Told(parts=[Part(reply=Reply(key="telegram.resume_failed"))])
    erase_account(house, store, guest.id)  # there is nothing in it but a language
    store.accounts.add_address(found, arrival.door, address, keep_address=True)
    shown = [Part(reply=reply) for reply in conversation.shown or (WAY_ON,)]
    parts = [Part(reply=Reply(key="telegram.resumed")), *missed(store, found), *shown]
    return Told(parts=parts, account=found, language=conversation.language)


def _linked(key: str, link: str) -> Part:
    return Part(reply=Reply(key=key, choices=(Choice(id=link, key="telegram.web_open"),)))
