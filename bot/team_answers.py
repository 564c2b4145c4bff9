"""What the team's bot answers to each tap, command and text, inside a transaction; nothing is guessed."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.case_views import CaseLine
from bot.doors import TEAM_TELEGRAM
from bot.team_checks import check
from bot.team_desk import TeamDesk
from bot.team_help import NO_CASES, help_
from bot.team_leaving import stop
from bot.team_notes import Note, Rows, Tap
from bot.team_shifts import coming, listed, welcomed
from bot.team_taps import AT_THE_DESK, UNANSWERED, send_letter, tapped, unanswered
from bot.team_turn import Answer, Talk
from bot.telling import case_in
from casework.team import allows

WHICH = "An welchen Fall soll das gehen?"
NO_CASE = "Sie haben gerade keinen Fall. /queue zeigt, was wartet."
ONLY_TEXT = (
    "Hier kommen nur Texte an. Fotos, Dateien und Sprachnachrichten bleiben bitte außerhalb von Telegram."
)
LISTED_AT_MOST = 10


def answer(talk: Talk) -> Answer:
    """The answer to one message."""
    if talk.message.choice:
        return tapped(talk)
    text = talk.message.text.strip()
    if text.startswith("/"):
        return _asked(talk, text.partition(" ")[0].partition("@")[0].lower())
    if not text:
        return Note(text=ONLY_TEXT), None
    return _written(talk) if allows(talk.member, "case.write") else help_(talk)


def _asked(talk: Talk, command: str) -> Answer:
    if command not in COMMANDS:
        return help_(talk)
    action, do = COMMANDS[command]
    return do(talk) if allows(talk.member, action) else (Note(text=NO_CASES), None)


def _written(talk: Talk) -> Answer:
    """To the case it answers, else to the one chosen with "write"; else the bot asks."""
    message = talk.message
    chosen = _case_answered(talk) if message.answers else talk.way.writing_to
    if chosen:
        sent, note, case = send_letter(talk, chosen, message.text, message.id)
        if sent:  # likely the words that were left: told to write them again, she would send them twice
            talk.store.updates.forget(UNANSWERED, f"{talk.member.id}:")
        return note, case
    if not talk.shows_content:
        return Note(text=AT_THE_DESK, link="/desk"), None
    own = talk.store.cases.owned_by(talk.member.id)[:LISTED_AT_MOST]
    if not own:
        return Note(text=NO_CASE), None
    rows = tuple((Tap(label=f"Fall {case.number}", sends=f"to:{case.id}"),) for case in own)
    talk.store.updates.first_time(UNANSWERED, unanswered(talk, message.reference), talk.now)
    return Note(text=WHICH, rows=rows, answers=message.reference), None


def _case_answered(talk: Talk) -> str | None:
    """None if that message is about no case, or about one that is gone; "write" does not count then."""
    outbox, chat = talk.store.outbox, talk.way.address
    return case_in(outbox.subject_of(TEAM_TELEGRAM, chat, talk.message.answers))


def start(talk: Talk) -> Answer:
    """Who this is, and what can be done here."""
    return welcomed(talk.store, talk.town, talk.member, talk.now), None


def queue(talk: Talk) -> Answer:
    """What waits, the most urgent first."""
    return _listed(talk, "Es wartet:", "Es wartet niemand.", mine=False), None


def mine(talk: Talk) -> Answer:
    """The member's own cases, and their own shifts; of those who have no cases only these."""
    shifts = coming(talk.store, talk.member, talk.now)
    if not allows(talk.member, "queue.read"):
        return Note(text=listed(talk.town, shifts)), None
    note = _listed(talk, "Ihre Fälle:", "Sie haben gerade keinen Fall.", mine=True)
    return (replace(note, text=f"{note.text}\n\n{listed(talk.town, shifts)}") if shifts else note), None


def _listed(talk: Talk, title: str, nothing: str, *, mine: bool) -> Note:
    board = TeamDesk(talk.house).board(talk.store, talk.member)
    lines = board.mine if mine else board.open
    if not lines:
        return Note(text=nothing)
    acts = (("write", "schreiben"), ("close", "abschließen")) if mine else (("take", "übernehmen"),)
    shown, more = lines[:LISTED_AT_MOST], len(lines) - LISTED_AT_MOST
    rows: Rows = tuple(
        tuple(Tap(label=f"Fall {line.number}: {label}", sends=f"{act}:{line.id}") for act, label in acts)
        for line in shown
    )
    rest = [f"Und {more} mehr am Arbeitsplatz."] if more > 0 else []
    return Note(
        text="\n".join((title, *(_line(line, talk.shows_content) for line in shown), *rest)),
        rows=rows,
        link="/desk",
    )


def _line(line: CaseLine, whole: bool) -> str:
    language = f"Sprache: {line.language}" if whole else ""
    alarm = "" if line.alarm in line.needs else line.alarm
    told = (alarm, ", ".join(line.needs), line.urgency, language)
    unread = f", {line.unread} neu" if line.unread else ""
    return f"Fall {line.number}: {' · '.join(part for part in told if part)}{unread}"


COMMANDS: Mapping[str, tuple[str, Callable[[Talk], Answer]]] = {
    "/start": ("self.reach", start),
    "/help": ("self.reach", help_),
    "/queue": ("queue.read", queue),
    "/mine": ("self.reach", mine),
    "/check": ("offer.check", check),
    "/stop": ("self.reach", stop),
}
"""The right that each command needs, and what it does."""
