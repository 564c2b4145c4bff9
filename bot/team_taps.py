"""What a tap on a message of the team's bot does; each says which right it needs, and nothing is guessed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from bot.case_views import Done
from bot.team_checks import checked
from bot.team_leaving import stopped
from bot.team_letters import carrying, with_talk
from bot.team_notes import Note, closing, desk_path, own_rows, still_waiting, yours
from bot.team_stale import is_about, not_sent, still_open, still_own
from bot.team_turn import Answer, Talk
from casework.cases import Case
from casework.team import allows

ASKED = "team.asked"
"""Under this name it is noted which questions "to which case?" have been answered."""

UNANSWERED = "team.unanswered"
"""Under this name it is noted which of them have not: the words above them have gone nowhere."""

AT_THE_DESK = (
    "In Ihrer Stadt bleibt der Inhalt von Fällen außerhalb von Telegram. Schreiben Sie bitte am Arbeitsplatz."
)
FORBIDDEN = "Das darf Ihre Rolle nicht. Fragen Sie die Leitung."
LOST = "Ihre Nachricht ist nicht mehr da. Bitte schreiben Sie sie noch einmal."
SENT_ALREADY = "Diese Nachricht ist schon verschickt. Sie geht nicht noch einmal hinaus."
LEFT_BEHIND = (
    "Was Sie vorher geschrieben haben, ist noch nicht verschickt: Wählen Sie dort den Fall, oder schreiben "
    "Sie es noch einmal."
)
SEVERAL = (
    "Sie haben jetzt mehrere Fälle: Antworten Sie auf eine Nachricht zu einem Fall, oder tippen Sie zuerst "
    "auf „Schreiben“."
)
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
    refused = not_sent(talk, case)
    if refused is not None:
        talk.no_longer_write_to(case_id)
        return False, refused, case
    done = talk.steps.write(talk.store, talk.member, case_id, text, f"telegram:{letter_id}")
    return done.ok, Note(text=done.sentence), case


def take(talk: Talk, case_id: str, _: str) -> Answer:
    """A message about the case alone becomes its owner's, with what was written until now; a list stays."""
    found = still_open(talk, case_id)
    if isinstance(found, tuple):
        return found
    alone = is_about(talk, found)
    here = (talk.way.lane, talk.message.tapped) if alone else None
    done = talk.steps.take(talk.store, talk.member, case_id, tapped=here)
    case = talk.store.cases.get(case_id)
    if not done.ok or case is None:
        return _said(talk, done, case)
    note = yours(talk.town, case, " ".join((done.sentence, *_goes_where(talk, case))))
    note = with_talk(note, talk.store.letters.of_case(case.id), content=talk.shows_content)
    if alone:
        return replace(note, replaces=talk.message.tapped), case
    left = len(talk.store.cases.queue())
    return replace(note, text="\n\n".join((note.text, *still_waiting(left)))), case


def _goes_where(talk: Talk, case: Case) -> Iterator[str]:
    """Where words go now: to her only case. With a second one none is chosen any more, and she is asked."""
    chosen = talk.chosen
    if not talk.shows_content:
        return
    if chosen is not None and chosen.id != case.id:
        yield SEVERAL
    elif chosen is not None or len(talk.store.cases.owned_by(talk.member.id)) == 1:
        talk.write_to(case.id)
        yield f"Was Sie hier schreiben, geht an Fall {case.number}, bis Sie etwas anderes wählen."
        yield from _left_behind(talk)


def _left_behind(talk: Talk) -> Iterator[str]:
    """Words for which a case was asked in vain seem to go along with the choice; they do not. Said once."""
    if talk.store.updates.forget(UNANSWERED, f"{talk.member.id}:"):
        yield LEFT_BEHIND


def later(talk: Talk, case_id: str, _: str) -> Answer:
    """Not now: the case stays open."""
    found = still_open(talk, case_id)
    if isinstance(found, tuple):
        return found
    return _said(talk, talk.steps.not_now(talk.store, talk.member, case_id), found)


def give_back(talk: Talk, case_id: str, asked: str) -> Answer:
    """The case is everybody's again; what is written from now on goes elsewhere.

    `asked`: it is the answer to "how did it end?", which is then not asked any more.
    """
    found = still_own(talk, case_id)
    if isinstance(found, tuple):
        return found
    done = talk.steps.give_back(talk.store, talk.member, case_id)
    if done.ok:
        talk.no_longer_write_to(case_id)
    note, case = _said(talk, done, talk.store.cases.get(case_id))
    return replace(note, replaces=talk.message.tapped) if done.ok and asked else note, case


def write(talk: Talk, case_id: str, _: str) -> Answer:
    """From now on what is written goes to this case; what the person has written before can be read here."""
    case = still_own(talk, case_id)
    if isinstance(case, tuple):
        return case
    if not talk.shows_content:
        return Note(text=AT_THE_DESK, link=desk_path(case)), case
    talk.write_to(case.id)
    told = f"Schreiben Sie jetzt. Alles geht an Fall {case.number}, bis Sie etwas anderes wählen."
    note = Note(text=" ".join((told, *_left_behind(talk))))
    return carrying(note, talk.new_letters(case)), case


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
    talk.store.updates.forget(UNANSWERED, unanswered(talk, talk.message.answers))
    return replace(note, replaces=talk.message.tapped), case


def close(talk: Talk, case_id: str, _: str) -> Answer:
    """Asks how it ended."""
    case = still_own(talk, case_id)
    if isinstance(case, tuple):
        return case
    return closing(case), case


def keep(talk: Talk, case_id: str, _: str) -> Answer:
    """Not closed after all: the question has gone, and nothing else."""
    case = still_own(talk, case_id)
    if isinstance(case, tuple):
        return case
    told = f"Fall {case.number} bleibt bei Ihnen."
    return Note(text=told, rows=own_rows(case), replaces=talk.message.tapped), case


def done_with(talk: Talk, case_id: str, outcome: str) -> Answer:
    """The case is closed; what is written from now on goes elsewhere."""
    found = still_own(talk, case_id)
    if isinstance(found, tuple):
        return found
    done = talk.steps.close(talk.store, talk.member, case_id, outcome)
    note, case = _said(talk, done, talk.store.cases.get(case_id))
    if not done.ok:
        return note, case
    talk.no_longer_write_to(case_id)
    return replace(note, replaces=talk.message.tapped), case


def unanswered(talk: Talk, reference: str) -> str:
    """Under which id it is noted that nobody has said where the message with this reference is to go."""
    return f"{talk.member.id}:{reference}:"


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
    "keep": ("case.close", keep),
    "done": ("case.close", done_with),
    "check": ("offer.check", checked),
    "stop": ("self.reach", stopped),
}
"""What the tap's data begin with: the right that it needs, and what it does."""
