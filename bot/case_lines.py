"""How a case and what is known of its person read in German at the desk; it changes nothing."""

from collections.abc import Iterator, Sequence

from bot.alarms import advice_of, alarm_of
from bot.case_views import CaseLine, GuideLetter
from bot.house import Town
from casework.cases import ALARM, REASONS, Case, Status, outcome_label
from casework.team import Member
from dialogs.asking import summary
from dialogs.conversation import INTAKE, Conversation, Run
from dialogs.wording import SOURCE
from storage.letters import NEWCOMER, Letter
from storage.store import Store

URGENCIES = {
    ALARM: "sofort",
    "today": "heute",
    "date_in_letter": "Datum im Brief",
    "this_week": "diese Woche",
    "has_time": "hat Zeit",
}
READ_AT_MOST = 30
"""Newest letters in which needs are recognised; older ones have been answered."""

GROUP, NO_GROUP = "group", "none"


def line_of(store: Store, town: Town, case: Case, member: Member) -> CaseLine:
    """The case as a line in a list."""
    return CaseLine(
        id=case.id,
        number=case.number,
        language=str(town.script.wording[SOURCE].locale.languages.get(case.language, case.language)),
        needs=tuple(town.script.text(f"need.{need}", SOURCE) for need in case.needs),
        urgency=URGENCIES.get(case.urgency or "", ""),
        reason=REASONS.get(case.reason, ""),
        waiting_since=case.opened_at,
        unread=store.letters.unread(case.id),
        status=case.status.value,
        mine=case.status is Status.OWNED and case.owner == member.id,
        alarm=alarm_of(town.script, case),
        advice=advice_of(case),
        unreachable=any(way.unreachable for way in store.accounts.addresses(case.account)),
        outcome=outcome_label(case),
        closed_at=case.changed_at if case.status is Status.DONE else None,
    )


def closed_line_of(town: Town, case: Case) -> CaseLine:
    """A closed case in a list: number, language, outcome, and nothing of what it was about."""
    return CaseLine(
        id=case.id,
        number=case.number,
        language=str(town.script.wording[SOURCE].locale.languages.get(case.language, case.language)),
        needs=(),
        urgency="",
        reason="",
        waiting_since=case.opened_at,
        unread=0,
        status=case.status.value,
        mine=False,
        outcome=outcome_label(case),
        closed_at=case.changed_at,
    )


def answers_of(town: Town, conversation: Conversation | None) -> Iterator[tuple[str, str]]:
    """What the person answered, as (question, answer)."""
    if conversation is None:
        return
    found = next((run for run in conversation.runs if run.questionnaire == INTAKE), None)
    run = found or Run(id="", questionnaire=INTAKE, version=0, answers=conversation.known)
    for line in summary(town.script, run)[0]:
        question, *keys = (key.removeprefix("@") for key in line.split("|"))
        group = keys == [f"{INTAKE}.{GROUP}.noted"]
        answers = [_group(run)] if group else [town.script.text(key, SOURCE) for key in keys]
        yield town.script.text(question, SOURCE), ", ".join(answers)


def letters_of(town: Town, letters: Sequence[Letter]) -> tuple[GuideLetter, ...]:
    """The letters, the newest of them with the needs that are surely meant in the newcomer's words."""
    known = len(letters) - READ_AT_MOST
    return tuple(_letter_of(town, letter, read=place >= known) for place, letter in enumerate(letters))


def _letter_of(town: Town, letter: Letter, *, read: bool) -> GuideLetter:
    by_newcomer = read and letter.author == NEWCOMER
    meaning = town.script.understand(letter.text, letter.language) if by_newcomer else None
    return GuideLetter(
        author=letter.author,
        text=letter.text,
        language=letter.language,
        at=letter.at,
        picked_up_at=letter.picked_up_at,
        needs=tuple(town.script.text(f"need.{need}", SOURCE) for need in meaning.sure) if meaning else (),
    )


def _group(run: Run) -> str:
    """The group that the answers about the paper led to; only a guide is shown it."""
    code = next(iter(run.answers.get(GROUP, ())), "")
    if code.isdecimal():
        return f"Gruppe {code} (selbst angegeben)"
    return "keiner Gruppe (selbst angegeben)" if code == NO_GROUP else "unklar, bitte Papier ansehen"
