"""One step of the team with an entry's freshness, inside a transaction, whichever door it came by."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.case_views import Done
from bot.team_entry import SignedIn
from casework.days import day_from, local_day
from casework.team import allows
from catalog.freshness import Check, Result
from catalog.normalise import clean
from catalog.offer import Offer
from dialogs.wording import SOURCE
from storage.store import Store

DOOR, LONGEST_ID = "desk", 128
LONGEST_FOUND = 500  # characters: what somebody found, and what a contact writes
OLDEST_VISIT = timedelta(days=366)
GONE = "Diesen Eintrag gibt es hier nicht mehr."
FORBIDDEN = "Das darf Ihre Rolle nicht. Fragen Sie die Leitung."
SAID = {
    Result.RIGHT: "„{name}“ ist geprüft: Alles stimmt.",
    Result.CHANGED: "Notiert: Bei „{name}“ hat sich etwas geändert. Bitte ändern Sie den Eintrag.",
    Result.CLOSED: "Notiert: „{name}“ gibt es nicht mehr. Ab jetzt sieht es niemand mehr. "
    "War das ein Versehen? Dann wählen Sie „Stimmt“.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitWish:
    """A visit as somebody typed it into the form."""

    day: str = ""
    result: str = ""
    found: str = ""


def result_of(code: str) -> Result | None:
    return Result(code) if code in set(Result) else None


def name_of(offer: Offer) -> str:
    return offer.name[SOURCE]


def version_of(store: Store, offer_id: str) -> int:
    """The number of the version that is looked at."""
    return store.catalogue.latest()[offer_id].version


def note_check(store: Store, member: SignedIn, offer_id: str, result: Result | None, now: datetime) -> Done:
    """Somebody of the team has asked or looked. The same again on the same day is noted once."""
    if not allows(member, "offer.check"):
        return Done(ok=False, sentence=FORBIDDEN)
    offer = store.catalogue.get(offer_id)
    if offer is None:
        return Done(ok=False, sentence=GONE)
    if result is None:
        return Done(ok=False, sentence="Bitte wählen Sie, was Sie gefunden haben.")
    before, today = store.checks.newest().get(offer.id), local_day(now)
    version = version_of(store, offer.id)
    if before is None or (before.result, before.on, before.version) != (result, today, version):
        store.checks.add(
            Check(
                offer=offer.id,
                version=version,
                on=today,
                at=now,
                by=str(member.role),
                member=member.id,
                result=result,
            )
        )
    return Done(ok=True, sentence=SAID[result].format(name=name_of(offer)))


def note_visit(
    store: Store, member: SignedIn, offer_id: str, wish: VisitWish, form_id: str, now: datetime
) -> Done:
    """Somebody of the team was there. The same form twice is one visit."""
    if not allows(member, "offer.check"):
        return Done(ok=False, sentence=FORBIDDEN)
    offer, day, result = store.catalogue.get(offer_id), day_from(wish.day), result_of(wish.result)
    if offer is None:
        return Done(ok=False, sentence=GONE)
    today, found = local_day(now), " ".join(clean(wish.found).split())
    if day is None or not today - OLDEST_VISIT <= day <= today:
        return Done(
            ok=False, sentence="Der Tag fehlt oder liegt nicht im letzten Jahr. Schreiben Sie 23.11.2026."
        )
    if result is None:
        return Done(ok=False, sentence="Bitte wählen Sie, was Sie gefunden haben.")
    if not found or len(found) > LONGEST_FOUND:
        return Done(
            ok=False,
            sentence=f"Bitte schreiben Sie, was Sie gefunden haben: höchstens {LONGEST_FOUND} Zeichen.",
        )
    said = f"Der Besuch bei „{name_of(offer)}“ ist eingetragen."
    if store.updates.first_time(DOOR, f"visit:{offer.id}:{form_id}"[:LONGEST_ID], now):
        store.checks.add(
            Check(
                offer=offer.id,
                version=version_of(store, offer.id),
                on=day,
                at=now,
                by=str(member.role),
                member=member.id,
                result=result,
                visit=True,
                found=found,
            )
        )
    return Done(ok=True, sentence=said)
