"""What the team's bot answers to each tap, command and text, inside a transaction; nothing is guessed."""

from collections.abc import Callable, Mapping

from bot.case_views import CaseLine
from bot.doors import TEAM_TELEGRAM
from bot.team_desk import TeamDesk
from bot.team_notes import Note, Rows, Tap, welcome
from bot.team_taps import AT_THE_DESK, FORBIDDEN, send_letter, tapped
from bot.team_turn import Answer, Talk
from bot.telling import case_in
from casework.team import allows

FOR_GUIDES = (
    "/queue zeigt, was wartet.\n/mine zeigt Ihre Fälle.\n/stop trennt diesen Chat vom Team.\n"
    "Eine Antwort auf eine Nachricht zu einem Fall geht an diesen Fall."
)
FOR_OTHERS = "/stop trennt diesen Chat vom Team.\nHier können Sie nicht schreiben, nur lesen und tippen."
WHICH = "An welchen Fall soll das gehen?"
NO_CASE = "Sie haben gerade keinen Fall. /queue zeigt, was wartet."
ONLY_TEXT = (
    "Hier kommen nur Texte an. Fotos, Dateien und Sprachnachrichten bleiben bitte außerhalb von Telegram."
)
LEFT = "Dieser Chat ist getrennt. Um wiederzukommen, brauchen Sie eine neue Einladung."
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
    return do(talk) if allows(talk.member, action) else (Note(text=FORBIDDEN), None)


def _written(talk: Talk) -> Answer:
    """To the case it answers, else to the one chosen with "write"; else the bot asks."""
    message = talk.message
    chosen = _case_answered(talk) if message.answers else talk.way.writing_to
    if chosen:
        return send_letter(talk, chosen, message.text, message.id)[1:]
    if not talk.shows_content:
        return Note(text=AT_THE_DESK, link="/desk"), None
    own = talk.store.cases.owned_by(talk.member.id)[:LISTED_AT_MOST]
    if not own:
        return Note(text=NO_CASE), None
    rows = tuple((Tap(label=f"Fall {case.number}", sends=f"to:{case.id}"),) for case in own)
    return Note(text=WHICH, rows=rows, answers=message.reference), None


def _case_answered(talk: Talk) -> str | None:
    """None if that message is about no case, or about one that is gone; "write" does not count then."""
    outbox, chat = talk.store.outbox, talk.way.address
    return case_in(outbox.subject_of(TEAM_TELEGRAM, chat, talk.message.answers))


def start(talk: Talk) -> Answer:
    """Who this is, and what can be done here."""
    return welcome(talk.house.towns[talk.store.town], talk.member.role, talk.member.name), None


def help_(talk: Talk) -> Answer:
    """What can be asked for."""
    return Note(text=FOR_GUIDES if allows(talk.member, "queue.read") else FOR_OTHERS), None


def queue(talk: Talk) -> Answer:
    """What waits, the most urgent first."""
    return _listed(talk, "Es wartet:", "Es wartet niemand.", mine=False), None


def mine(talk: Talk) -> Answer:
    """The member's own cases."""
    return _listed(talk, "Ihre Fälle:", "Sie haben gerade keinen Fall.", mine=True), None


def stop(talk: Talk) -> Answer:
    """Nothing more is sent to this chat."""
    talk.store.member_addresses.drop(talk.member.id, TEAM_TELEGRAM)
    talk.store.audit.add(talk.member.id, "reach.telegram_off", None, talk.now)
    return Note(text=LEFT), None


def _listed(talk: Talk, title: str, nothing: str, *, mine: bool) -> Note:
    board = TeamDesk(talk.house).board(talk.store, talk.member)
    lines = board.mine if mine else board.open
    if not lines:
        return Note(text=nothing)
    verb, label = ("write", "schreiben") if mine else ("take", "übernehmen")
    shown, more = lines[:LISTED_AT_MOST], len(lines) - LISTED_AT_MOST
    taps = (Tap(label=f"Fall {line.number}: {label}", sends=f"{verb}:{line.id}") for line in shown)
    rows: Rows = tuple((tap,) for tap in taps)
    rest = [f"Und {more} mehr am Arbeitsplatz."] if more > 0 else []
    return Note(
        text="\n".join((title, *(_line(line, talk.shows_content) for line in shown), *rest)),
        rows=rows,
        link="/desk",
    )


def _line(line: CaseLine, whole: bool) -> str:
    told = (line.alarm, ", ".join(line.needs), line.urgency, line.language if whole else "")
    unread = f", {line.unread} neu" if line.unread else ""
    return f"Fall {line.number}: {' · '.join(part for part in told if part)}{unread}"


COMMANDS: Mapping[str, tuple[str, Callable[[Talk], Answer]]] = {
    "/start": ("self.reach", start),
    "/help": ("self.reach", help_),
    "/queue": ("queue.read", queue),
    "/mine": ("queue.read", mine),
    "/stop": ("self.reach", stop),
}
"""The right that each command needs, and what it does."""
