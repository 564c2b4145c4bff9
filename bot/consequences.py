"""Carries out the effects of a newcomer's turn as rows and tallies, inside the turn's own transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.house import House, Town
from bot.team_notes import Note, letter_came, media_came, shows_content, urgent
from bot.telling import (
    alarm_others,
    offer_anew,
    offer_to_guides,
    offer_urgently,
    tell_erased,
    tell_member,
)
from casework.cases import ALARM, Case, Status, alarmed, described
from casework.ledger import Entry, Step
from casework.protocols import Contact, Kind, Outcome, begun, continued, is_over, protocol_of
from casework.tallies import (
    Cell,
    cells_for_capture,
    cells_for_consent,
    cells_for_contact,
    cells_for_emergency,
    cells_for_gap,
    cells_for_handover,
    cells_for_need,
    cells_for_offers,
)
from dialogs.conversation import EMERGENCIES, Conversation, Purpose
from dialogs.effects import (
    CaseDescribed,
    ConsentGiven,
    ConsentRefused,
    Effect,
    EmergencySeen,
    ErasureRequested,
    GapFound,
    HumanRequested,
    IntakeFinished,
    MediaRefused,
    NeedNamed,
    OffersShown,
    TextRelayed,
)
from storage.accounts import Account
from storage.letters import NEWCOMER, Letter
from storage.store import Store

SELF_DECLARED = "self_declared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """One newcomer's turn while it is carried out: where, who, when, and the conversation to be saved."""

    house: House
    town: Town
    store: Store
    account: Account
    door: str
    message_id: str
    now: datetime
    conversation: Conversation
    contact: Contact
    random_id: str
    alarming: Callable[[str], tuple[str, ...]] = lambda _: ()
    """The codes of what is dangerous in a text."""
    told: frozenset[str] = frozenset()
    """The codes by which the team has been alarmed in this turn."""

    def noted(self, **more: object) -> "Turning":
        """The turn with more known about its contact."""
        return replace(self, contact=continued(self.contact, self.now, turns=0, **more))  # type: ignore[arg-type]


def carry_out(turning: Turning, effects: tuple[Effect, ...]) -> Turning:
    """The turn after its effects, in order; an erasure ends it."""
    for effect in effects:
        turning = _apply(turning, effect)
    return turning


def contact_of(
    store: Store, account: Account, door: str, language: str, now: datetime, random_id: str
) -> Contact:
    """The contact this turn belongs to; one that has been silent for too long is closed first."""
    contact = store.contacts.current(account.id)
    if contact is not None and is_over(contact, now):
        close_contact(store, contact, random_id)
        contact = None
    if contact is None:
        return begun(account.id, door, language, now)
    return continued(contact, now, language=language)


def close_contact(store: Store, contact: Contact, random_id: str) -> None:
    """Writes the protocol of an ended contact and forgets the contact."""
    protocol = protocol_of(contact, random_id)
    store.protocols.add(protocol)
    store.tallies.add(cells_for_contact(protocol))
    store.contacts.close(contact.account)


def _apply(turning: Turning, effect: Effect) -> Turning:  # noqa: C901, PLR0911, PLR0912 - one arm for each effect
    match effect:
        case NeedNamed():
            return _need_named(turning, effect)
        case OffersShown():
            return _offers_shown(turning, effect)
        case GapFound():
            _counted_once(turning, cells_for_gap(turning.now, effect.need))
            return turning.noted(outcome=Outcome.GAP)
        case HumanRequested():
            return _human_requested(turning, effect)
        case CaseDescribed():
            return _described(turning, effect)
        case EmergencySeen():
            return _emergency_seen(turning, effect)
        case ConsentGiven():
            return _counted(turning, cells_for_consent(turning.now, f"given_{effect.purpose}", turning.door))
        case ConsentRefused():
            return _counted(turning, cells_for_consent(turning.now, "refused", turning.door))
        case TextRelayed():
            return _relayed(turning, effect)
        case MediaRefused():
            return _media_refused(turning, effect)
        case IntakeFinished():
            return _captured(turning, effect)
        case ErasureRequested():
            close_contact(turning.store, turning.contact, turning.random_id)
            tell_erased(turning.house, turning.store, turning.account.id, turning.now)
            turning.store.accounts.erase(turning.account.id, turning.now)
            return turning


def _counted(turning: Turning, cells: tuple[Cell, ...]) -> Turning:
    turning.store.tallies.add(cells)
    return turning


def _counted_once(turning: Turning, cells: tuple[Cell, ...]) -> None:
    """Whoever sees the same again, before and after the consent or a step back, is not counted again."""
    for cell in cells:
        turning.store.tallies.add_once(turning.account.id, cell)


def _need_named(turning: Turning, effect: NeedNamed) -> Turning:
    if not turning.conversation.agreed(Purpose.INTAKE):
        return turning  # a guest's needs are nobody's: they are in the buttons and not kept
    store, person = turning.store, turning.store.persons.self_of(turning.account.id, turning.now)
    for need in effect.needs:
        if store.ledger.add(Entry(person=person, need=need, step=Step.NAMED, at=turning.now)):
            cells = cells_for_need(turning.now, need, turning.door, turning.conversation.language)
            store.tallies.add(cells)
    return turning.noted(topics=effect.needs, kind=Kind.NEEDS_CAPTURE)


def _offers_shown(turning: Turning, effect: OffersShown) -> Turning:
    if turning.conversation.agreed(Purpose.INTAKE):
        person = turning.store.persons.self_of(turning.account.id, turning.now)
        for offer in effect.offers:
            turning.store.ledger.add(
                Entry(person=person, need=effect.need, offer=offer, step=Step.OFFERED, at=turning.now)
            )
    _counted_once(turning, cells_for_offers(turning.now, effect.need, effect.offers))
    return turning.noted(outcome=Outcome.OFFERS_SHOWN)


def _human_requested(turning: Turning, effect: HumanRequested) -> Turning:
    case = turning.store.cases.open(
        turning.account.id,
        language=turning.conversation.language,
        needs=effect.needs,
        urgency=ALARM if set(effect.needs) & set(EMERGENCIES) else effect.urgency,
        reason=effect.reason,
        now=turning.now,
    )
    turning.store.tallies.add(
        cells_for_handover(turning.now, effect.needs, effect.urgency, effect.reason, turning.door)
    )
    turning = replace(turning, conversation=replace(turning.conversation, case=case.number))
    offer_to_guides(turning.house, turning.store, turning.town, case, turning.now)
    return turning.noted(topics=effect.needs, kind=Kind.HANDOVER, outcome=Outcome.HANDOVER)


def _described(turning: Turning, effect: CaseDescribed) -> Turning:
    """The guides' list and what they were told say what is known by now."""
    case = turning.store.cases.of_account(turning.account.id)
    if case is None or case.status is Status.DONE:
        return turning
    known = described(case, effect.needs, effect.urgency)
    if known != case:
        turning.store.cases.save(known)
        if known.owner is None:
            offer_anew(turning.house, turning.store, turning.town, known, turning.now)
    return turning


def _emergency_seen(turning: Turning, effect: EmergencySeen) -> Turning:
    _counted_once(turning, cells_for_emergency(turning.now, effect.kind))
    if effect.kind not in turning.told:
        _alarm(turning, (effect.kind,))
    return turning.noted(kind=Kind.EMERGENCY)


def _relayed(turning: Turning, effect: TextRelayed) -> Turning:
    case = turning.store.cases.of_account(turning.account.id)
    if case is None:
        return turning
    letter = turning.store.letters.add(
        case.id,
        turning.account.id,
        author=NEWCOMER,
        text=effect.text,
        language=turning.conversation.language,
        at=turning.now,
        update_id=f"{turning.door}:{turning.message_id}",
    )
    dangers = turning.alarming(effect.text)
    if _alarm(turning, dangers, letter):
        turning = replace(turning, told=frozenset(dangers))
    else:
        _tell_owner(turning, case, letter)
    return turning.noted(kind=Kind.RELAY)


def _media_refused(turning: Turning, effect: MediaRefused) -> Turning:
    case = turning.store.cases.of_account(turning.account.id)
    if case is not None and case.owner is not None:
        _tell(turning, case, case.owner, media_came(case, effect.media))
    return turning


def _tell(turning: Turning, case: Case, owner: str, note: Note) -> bool:
    """The case's owner reads it; what they write next without saying where is not for another case."""
    for way in turning.store.member_addresses.of_member(owner):
        if way.writing_to not in (None, case.id):
            turning.store.member_addresses.write_to(way.channel, way.address, None)
    return tell_member(turning.house, turning.store, owner, note, turning.now, case=case)


def _alarm(turning: Turning, needs: tuple[str, ...], letter: Letter | None = None) -> bool:
    """Lets the person's case stand out if it waits or is in a guide's hands; in it only codes stay.

    `letter`: the one it stood in, if it was one. False if there was nothing to let stand out.
    """
    case = turning.store.cases.of_account(turning.account.id)
    if not needs or case is None or case.status is Status.DONE:
        return False
    case = alarmed(case, needs)
    turning.store.cases.save(case)
    if case.owner is None:
        offer_urgently(turning.house, turning.store, turning.town, case, turning.now)
    else:
        told = _tell(turning, case, case.owner, urgent(turning.town, case, letter))
        if not told:
            alarm_others(turning.house, turning.store, turning.town, case, turning.now)
    return True


def _tell_owner(turning: Turning, case: Case, letter: Letter) -> None:
    """The guide who has the case hears of a letter; where they may not read it there, only of the first."""
    if case.owner is None:
        return
    if shows_content(turning.town) or turning.store.letters.unread(case.id) == 1:
        _tell(turning, case, case.owner, letter_came(turning.town, case, letter))


def _captured(turning: Turning, effect: IntakeFinished) -> Turning:
    """A needs capture counts once for a person: consent, this town, a need, and the group answered."""
    group = next(iter(effect.answers.get("group", ())), None)
    if effect.answers.get("town") != ("here",) or not effect.answers.get("detail") or group is None:
        return turning.noted(outcome=Outcome.FINISHED)
    cells = cells_for_capture(turning.now, turning.door, group, SELF_DECLARED)
    turning.store.tallies.correct(turning.account.id, "capture", cells)
    return turning.noted(outcome=Outcome.FINISHED)
