"""What the team's bot answers to each tap, command and text, inside a transaction; nothing is guessed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.case_steps import GONE, CaseSteps
from bot.case_views import CaseLine, Done
from bot.doors import TEAM_TELEGRAM
from bot.house import House
from bot.team_desk import TeamDesk
from bot.team_entry import SignedIn
from bot.team_messages import TeamMessage
from bot.team_notes import Note, Rows, Tap, own_rows, shows_content, welcome, yours
from bot.telling import case_in
from casework.cases import OUTCOMES, Case
from casework.team import allows
from storage.member_addresses import MemberAddress
from storage.store import Store

HELP = (
    "/queue zeigt, was wartet.\n/mine zeigt Ihre Fälle.\n/stop trennt diesen Chat vom Team.\n"
    "Eine Antwort auf eine Nachricht zu einem Fall geht an diesen Fall."
)
AT_THE_DESK = (
    "In Ihrer Stadt bleibt der Inhalt von Fällen außerhalb von Telegram. Schreiben Sie bitte am Arbeitsplatz."
)
WHICH = "An welchen Fall soll das gehen?"
NO_CASE = "Sie haben gerade keinen Fall. /queue zeigt, was wartet."
LOST = "Ihre Nachricht ist nicht mehr da. Bitte schreiben Sie sie noch einmal."
ONLY_TEXT = (
    "Hier kommen nur Texte an. Fotos, Dateien und Sprachnachrichten bleiben bitte außerhalb von Telegram."
)
LISTED_AT_MOST = 10


NOT_YOURS = "Dieser Fall gehört Ihnen nicht. Übernehmen Sie ihn zuerst."

Answer = tuple[Note, Case | None]
"""What is said, and the case it is about: an answer to it goes there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One message of a member while it is handled: where, who, what, when."""

    house: House
    store: Store
    way: MemberAddress
    member: SignedIn
    message: TeamMessage
    now: datetime

    @property
    def steps(self) -> CaseSteps:
        return CaseSteps(self.house)

    @property
    def shows_content(self) -> bool:
        return shows_content(self.house.towns[self.store.town])

    def write_to(self, case_id: str | None) -> None:
        """From now on what is written goes to this case."""
        self.store.member_addresses.write_to(TEAM_TELEGRAM, self.way.address, case_id)


def answer(talk: Talk) -> Answer:
    """The answer to one message."""
    if talk.message.choice:
        what, _, rest = talk.message.choice.partition(":")
        case_id, _, more = rest.partition(":")
        tapped = TAPS.get(what)
        return tapped(talk, case_id, more) if tapped is not None else (Note(text=HELP), None)
    text = talk.message.text.strip()
    if text.startswith("/"):
        found = COMMANDS.get(text.partition(" ")[0].lower())
        return found(talk) if found is not None else (Note(text=HELP), None)
    return _written(talk) if text else (Note(text=ONLY_TEXT), None)


def _written(talk: Talk) -> Answer:
    """To the case it answers, else to the one chosen with "write"; else the bot asks."""
    outbox, message = talk.store.outbox, talk.message
    subject = outbox.subject_of(TEAM_TELEGRAM, talk.way.address, message.answers) if message.answers else None
    chosen = case_in(subject) or talk.way.writing_to
    if chosen:
        return _write(talk, chosen, message.text, message.id)
    own = talk.store.cases.owned_by(talk.member.id)[:LISTED_AT_MOST]
    if not own:
        return Note(text=NO_CASE), None
    rows = tuple((Tap(label=f"Fall {case.number}", sends=f"to:{case.id}"),) for case in own)
    return Note(text=WHICH, rows=rows, answers=message.reference), None


def _write(talk: Talk, case_id: str, text: str, message_id: str) -> Answer:
    case = talk.store.cases.get(case_id)
    if not talk.shows_content:
        return Note(text=AT_THE_DESK, link=desk_of(case)), case
    done = talk.steps.write(talk.store, talk.member, case_id, text, f"telegram:{message_id}")
    if not done.ok and talk.way.writing_to == case_id:
        talk.write_to(None)
    return Note(text=done.sentence), case


def take(talk: Talk, case_id: str, _: str) -> Answer:
    """The message that was tapped becomes the case's own."""
    done = talk.steps.take(talk.store, talk.member, case_id, chat=talk.way.lane)
    case = talk.store.cases.get(case_id)
    if not done.ok or case is None:
        return _said(talk, done, case)
    return replace(yours(case, done.sentence), replaces=talk.message.tapped), case


def later(talk: Talk, case_id: str, _: str) -> Answer:
    """Not now: the case stays open."""
    return _said(talk, talk.steps.not_now(talk.store, talk.member, case_id), talk.store.cases.get(case_id))


def give_back(talk: Talk, case_id: str, _: str) -> Answer:
    """The case is everybody's again."""
    done = talk.steps.give_back(talk.store, talk.member, case_id)
    return _said(talk, done, talk.store.cases.get(case_id))


def write(talk: Talk, case_id: str, _: str) -> Answer:
    """From now on what is written goes to this case."""
    case = talk.store.cases.get(case_id)
    if case is None or case.owner != talk.member.id:
        return Note(text=GONE if case is None else NOT_YOURS), case
    if not talk.shows_content:
        return Note(text=AT_THE_DESK, link=desk_of(case)), case
    talk.write_to(case.id)
    told = f"Schreiben Sie jetzt. Alles geht an Fall {case.number}, bis Sie etwas anderes wählen."
    return Note(text=told), case


def write_to(talk: Talk, case_id: str, _: str) -> Answer:
    """The message above the question goes to this case; it was kept nowhere but in the chat."""
    if not talk.message.quoted:
        return Note(text=LOST), talk.store.cases.get(case_id)
    note, case = _write(talk, case_id, talk.message.quoted, f"{talk.message.tapped}:{case_id}")
    return replace(note, replaces=talk.message.tapped), case


def close(talk: Talk, case_id: str, _: str) -> Answer:
    """Asks how it ended."""
    case = talk.store.cases.get(case_id)
    if case is None or case.owner != talk.member.id:
        return Note(text=GONE if case is None else NOT_YOURS), case
    rows = tuple((Tap(label=text, sends=f"done:{case.id}:{code}"),) for code, text in OUTCOMES.items())
    return Note(text=f"Fall {case.number} abschließen: Wie ist er ausgegangen?", rows=rows), case


def done_with(talk: Talk, case_id: str, outcome: str) -> Answer:
    """The case is closed; what is written from now on goes elsewhere."""
    done = talk.steps.close(talk.store, talk.member, case_id, outcome)
    if done.ok and talk.way.writing_to == case_id:
        talk.write_to(None)
    note, case = _said(talk, done, talk.store.cases.get(case_id))
    return replace(note, replaces=talk.message.tapped), case


def start(talk: Talk) -> Answer:
    """Who this is, and what can be done here."""
    return welcome(talk.house.towns[talk.store.town], talk.member.role, talk.member.name), None


def help_(_: Talk) -> Answer:
    """What can be asked for."""
    return Note(text=HELP), None


def queue(talk: Talk) -> Answer:
    """What waits, the most urgent first."""
    return _listed(talk, "Es wartet:", "Es wartet niemand.", mine=False), None


def mine(talk: Talk) -> Answer:
    """The member's own cases."""
    return _listed(talk, "Ihre Fälle:", "Sie haben gerade keinen Fall.", mine=True), None


def stop(talk: Talk) -> Answer:
    """Nothing more is sent to this chat."""
    talk.store.member_addresses.drop(talk.member.id, TEAM_TELEGRAM)
    return Note(text="Dieser Chat ist getrennt. Um wiederzukommen, brauchen Sie eine neue Einladung."), None


def desk_of(case: Case | None) -> str:
    """Path of the case at the desk, or of the desk."""
    return f"/desk/fall/{case.id}" if case is not None else "/desk"


def _listed(talk: Talk, title: str, nothing: str, *, mine: bool) -> Note:
    if not allows(talk.member, "queue.read"):
        return Note(text="Das darf Ihre Rolle nicht. Fragen Sie die Leitung.")
    board = TeamDesk(talk.house).board(talk.store, talk.member)
    lines = (board.mine if mine else board.open)[:LISTED_AT_MOST]
    if not lines:
        return Note(text=nothing)
    verb, label = ("write", "schreiben") if mine else ("take", "übernehmen")
    taps = (Tap(label=f"Fall {line.number}: {label}", sends=f"{verb}:{line.id}") for line in lines)
    rows: Rows = tuple((tap,) for tap in taps)
    return Note(text="\n".join((title, *map(_line, lines))), rows=rows, link="/desk")


def _line(line: CaseLine) -> str:
    told = (line.alarm, ", ".join(line.needs), line.urgency, line.language)
    unread = f", {line.unread} neu" if line.unread else ""
    return f"Fall {line.number}: {' · '.join(part for part in told if part)}{unread}"


def _said(talk: Talk, done: Done, case: Case | None) -> Answer:
    own = case is not None and case.owner == talk.member.id
    return Note(text=done.sentence, rows=own_rows(case) if own and case is not None else ()), case


TAPS: Mapping[str, Callable[[Talk, str, str], Answer]] = {
    "take": take,
    "later": later,
    "back": give_back,
    "write": write,
    "to": write_to,
    "close": close,
    "done": done_with,
}
COMMANDS: Mapping[str, Callable[[Talk], Answer]] = {
    "/start": start,
    "/help": help_,
    "/queue": queue,
    "/mine": mine,
    "/stop": stop,
}
