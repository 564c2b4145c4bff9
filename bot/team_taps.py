"""What a tap on a message of the team's bot does; each says which right it needs, and nothing is guessed."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.case_steps import GONE
from bot.case_views import Done
from bot.team_notes import Note, Tap, desk_path, own_rows, yours
from bot.team_turn import Answer, Talk
from casework.cases import OUTCOMES, Case
from casework.team import allows

ASKED = "team.asked"
"""Under this name it is noted which questions "to which case?" have been answered."""

AT_THE_DESK = (
    "In Ihrer Stadt bleibt der Inhalt von Fällen außerhalb von Telegram. Schreiben Sie bitte am Arbeitsplatz."
)
FORBIDDEN = "Das darf Ihre Rolle nicht. Fragen Sie die Leitung."
LOST = "Ihre Nachricht ist nicht mehr da. Bitte schreiben Sie sie noch einmal."
NOT_YOURS = "Dieser Fall gehört Ihnen nicht. Übernehmen Sie ihn zuerst."
SENT_ALREADY = "Diese Nachricht ist schon verschickt. Sie geht nicht noch einmal hinaus."
UNKNOWN = "Diesen Knopf gibt es nicht mehr. /help zeigt, was hier geht."


def tapped(talk: Talk) -> Answer:
    """The answer to a tap, if the member may."""
    what, _, rest = talk.message.choice.partition(":")
    case_id, _, more = rest.partition(":")
    if what not in TAPS:
        return Note(text=UNKNOWN), None
    action, do = TAPS[what]
    if not allows(talk.member, action):
        return Note(text=FORBIDDEN), None
    return do(talk, case_id, more)


def send_letter(talk: Talk, case_id: str, text: str, letter_id: str) -> tuple[bool, Note, Case | None]:
    """Writes to the person of the case, and whether it did; where letters do not pass through here, it says
    where to write."""
    case = talk.store.cases.get(case_id)
    if case is not None and not talk.shows_content:
        return False, Note(text=AT_THE_DESK, link=desk_path(case)), case
    done = talk.steps.write(talk.store, talk.member, case_id, text, f"telegram:{letter_id}")
    if done.ok:
        talk.store.letters.mark_read(case_id, talk.now)  # what was answered here was read here
    else:
        talk.no_longer_write_to(case_id)
    return done.ok, Note(text=done.sentence), case


def take(talk: Talk, case_id: str, _: str) -> Answer:
    """The message that was tapped becomes the case's own."""
    here = (talk.way.lane, talk.message.tapped)
    done = talk.steps.take(talk.store, talk.member, case_id, tapped=here)
    case = talk.store.cases.get(case_id)
    if not done.ok or case is None:
        return _said(talk, done, case)
    return replace(yours(case, done.sentence), replaces=talk.message.tapped), case


def later(talk: Talk, case_id: str, _: str) -> Answer:
    """Not now: the case stays open."""
    return _said(talk, talk.steps.not_now(talk.store, talk.member, case_id), talk.store.cases.get(case_id))


def give_back(talk: Talk, case_id: str, _: str) -> Answer:
    """The case is everybody's again; what is written from now on goes elsewhere."""
    done = talk.steps.give_back(talk.store, talk.member, case_id)
    if done.ok:
        talk.no_longer_write_to(case_id)
    return _said(talk, done, talk.store.cases.get(case_id))


def write(talk: Talk, case_id: str, _: str) -> Answer:
    """From now on what is written goes to this case."""
    case = talk.store.cases.get(case_id)
    if case is None or case.owner != talk.member.id:
        return Note(text=GONE if case is None else NOT_YOURS), case
    if not talk.shows_content:
        return Note(text=AT_THE_DESK, link=desk_path(case)), case
    talk.write_to(case.id)
    told = f"Schreiben Sie jetzt. Alles geht an Fall {case.number}, bis Sie etwas anderes wählen."
    return Note(text=told), case


def write_to(talk: Talk, case_id: str, _: str) -> Answer:
    """The message above the question goes to this case, once; it was kept nowhere but in the chat."""
    if not talk.message.quoted:
        return Note(text=LOST), None
    # messages are numbered anew in every chat: a number alone may be somebody else's too
    letter_id = f"{talk.member.id}:{talk.message.tapped}"
    if talk.store.updates.seen(ASKED, letter_id):
        return Note(text=SENT_ALREADY), None
    written, note, case = send_letter(talk, case_id, talk.message.quoted, letter_id)
    if not written:
        return note, case  # the question stays: another case may be the right one
    talk.store.updates.first_time(ASKED, letter_id, talk.now)
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
    note, case = _said(talk, done, talk.store.cases.get(case_id))
    if not done.ok:
        return note, case
    talk.no_longer_write_to(case_id)
    return replace(note, replaces=talk.message.tapped), case


def _said(talk: Talk, done: Done, case: Case | None) -> Answer:
    own = case is not None and case.owner == talk.member.id
    return Note(text=done.sentence, rows=own_rows(case) if own and case is not None else ()), case


TAPS: Mapping[str, tuple[str, Callable[[Talk, str, str], Answer]]] = {
    "take": ("case.take", take),
    "later": ("case.not_now", later),
    "back": ("case.give_back", give_back),
    "write": ("case.write", write),
    "to": ("case.write", write_to),
    "close": ("case.close", close),
    "done": ("case.close", done_with),
}
"""What the tap's data begin with: the right that it needs, and what it does."""
