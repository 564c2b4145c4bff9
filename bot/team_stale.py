"""Buttons that have outlived their case: what is said instead of what they once did; it changes no case."""

from dataclasses import replace

from bot.case_steps import GONE
from bot.doors import TEAM_TELEGRAM
from bot.team_notes import Note, closed, open_rows, own_rows, taken
from bot.team_turn import Answer, Talk
from bot.telling import case_in, offering
from casework.cases import Case, Status

NOT_SENT = "Ihre Nachricht ist nicht verschickt."


def still_open(talk: Talk, case_id: str) -> Case | Answer:
    """The case if it waits, else what is said instead."""
    case = talk.store.cases.get(case_id)
    if case is not None and case.status is Status.OPEN:
        return case
    if case is not None and case.owner == talk.member.id:
        return Note(text=f"Fall {case.number} gehört Ihnen schon.", rows=own_rows(case)), case
    return _in_its_place(talk, case)


def still_own(talk: Talk, case_id: str) -> Case | Answer:
    """The case if it is the member's own, else what is said instead."""
    case = talk.store.cases.get(case_id)
    return case if case is not None and case.owner == talk.member.id else _in_its_place(talk, case)


def not_sent(talk: Talk, case: Case | None) -> Note | None:
    """What is said of words for a case that is not the member's own; None if it is."""
    if case is not None and case.owner == talk.member.id:
        return None
    note = _state_of(talk, case)
    return replace(note, text=f"{note.text} {NOT_SENT}")


def is_about(talk: Talk, case: Case) -> bool:
    """Whether the message that was tapped is about this case alone; a list is about none."""
    return case_in(_subject(talk)) == case.id


def _subject(talk: Talk) -> str | None:
    return talk.store.outbox.subject_of(TEAM_TELEGRAM, talk.way.address, talk.message.tapped)


def _in_its_place(talk: Talk, case: Case | None) -> Answer:
    """A message about the case alone says so itself, without buttons; a list keeps those of other cases."""
    note, tapped = _state_of(talk, case), talk.message.tapped
    if case is None or note.rows or not is_about(talk, case):
        return note, case
    if _subject(talk) != offering(case) or case.status is Status.DONE:
        return replace(note, replaces=tapped), case
    # when somebody takes it, its offers are rewritten anyway: the same again would answer a tap with nothing
    return note, case


def _state_of(talk: Talk, case: Case | None) -> Note:
    if case is None:
        return Note(text=GONE)
    if case.status is Status.DONE:
        return closed(case)
    owner = talk.store.team.member(case.owner) if case.owner is not None else None
    if owner is not None:
        return taken(case, owner.name)
    told = f"Fall {case.number} gehört Ihnen nicht. Übernehmen Sie ihn zuerst."
    return Note(text=told, rows=open_rows(case))
