"""What the storage tests put in: values as the core makes them, with what does not matter filled in."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from casework.ledger import Entry, Step
from casework.protocols import Contact
from casework.volunteers.reminders import Kind as Reminder
from catalog.offer import Area, Kind, Offer, Status
from dialogs.conversation import Consent, Conversation, Purpose
from dialogs.messages import Choice, Reply
from storage import Keys, Store
from storage.accounts import Account
from storage.catalogue import Change
from storage.reminders import APPOINTMENT, Coming

TOWN, OTHER_TOWN = "erlenfels", "niederau"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SOON = NOW + timedelta(hours=20)
KEYS = Keys.from_town_key(bytes(range(32)))

PHONE = "4915112345678"
TYPED = "Ich suche eine Wohnung fuer meine Familie ZEICHENKETTE-4711"


def make_consent(**changed: Any) -> Consent:
    return Consent(**{"purpose": Purpose.INTAKE, "version": "1", "language": "ar", "at": NOW, **changed})


def make_conversation(**changed: Any) -> Conversation:
    shown = (
        Reply(key="intake.need", args={"name": "@need.housing"}, choices=(Choice(id="r.need:x", key="x"),)),
    )
    return Conversation(**{"language": "ar", "shown": shown, "consents": (make_consent(),), **changed})


def make_contact(account: str, **changed: Any) -> Contact:
    fields = {"account": account, "channel": "webchat", "language": "ar", "started_at": NOW, "last_at": NOW}
    return Contact(**{**fields, "topics": ("housing.search",), **changed})


def make_offer(offer_id: str, **changed: Any) -> Offer:
    fields = {
        "id": offer_id,
        "kind": Kind.OFFER,
        "status": Status.ACTIVE,
        "name": {"de": "Sprachcafé", "ar": "مقهى اللغة"},
        "description": {"de": "Deutsch sprechen bei Kaffee"},
        "needs": ("lang.practice",),
        "body": "volunteers",
        "organization": "Freundeskreis",
        "service_area": Area.MUNICIPALITY,
        "assured_date": date(2026, 10, 1),
    }
    return Offer(**{**fields, **changed})


def make_entry(person: str, **changed: Any) -> Entry:
    return Entry(**{"person": person, "need": "housing.search", "step": Step.NAMED, "at": NOW, **changed})


CHANGE = Change(by="import", why="first import", at=NOW)


def given_someone(store: Store, address: str = "token-of-a-session") -> Account:
    """An account with a row in every personal table."""
    account = store.accounts.create("webchat", address, NOW)
    store.accounts.add_address(account.id, "telegram", f"{PHONE}/{address}", keep_address=True)
    store.conversations.save(account.id, make_conversation(known={"need": ("housing.search",)}), NOW)
    case = store.cases.open(
        account.id, language="ar", needs=("housing.search",), urgency="today", reason="asked", now=NOW
    )
    store.letters.add(
        case.id, account.id, author="newcomer", text=TYPED, language="ar", at=NOW, update_id="u1"
    )
    made = store.appointments.make(case, SOON, place=TYPED, bring="", remind=True)
    coming = Coming(what=APPOINTMENT, about=made.id, whom=account.id, starts_at=SOON)
    store.reminders.mark(coming, Reminder.DAY, NOW)
    store.contacts.save(make_contact(account.id))
    store.ledger.add(make_entry(store.persons.self_of(account.id, NOW)))
    store.tallies.correct(account.id, "capture", ())
    store.resume.issue(account.id, NOW)
    store.outbox.add(account.id, "telegram", f"{PHONE}/{address}", TYPED, NOW)
    return account
