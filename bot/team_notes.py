"""What the team is told outside the desk, in German: number and topic of a case, no more unless allowed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.alarms import CARD_SHOWN, advice_of, alarm_of
from bot.case_lines import URGENCIES
from bot.house import Town
from casework.cases import OUTCOMES, REASONS, Case
from casework.team import ROLE_LABELS, Role
from dialogs.wording import SOURCE
from storage.letters import Letter
from storage.sealed import adapter


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """A button: what it says and what it sends, at most 64 bytes."""

    label: str
    sends: str


Rows = tuple[tuple[Tap, ...], ...]

_CASES = "Sie hören hier von neuen Fällen. /queue zeigt, was wartet, /mine Ihre Fälle."
WHAT: Mapping[Role, str] = {
    Role.GUIDE: _CASES,
    Role.DEPUTY: _CASES,
    Role.LEAD: "Fälle sehen hier nur Integrationsguide und Vertretung. Das Team finden Sie am Arbeitsplatz.",
    Role.VOLUNTEER: "Hier bekommen Sie Erinnerungen an Ihre Einsätze. /mine zeigt, was kommt.",
}
"""What the chat is for, for each role."""

TO_SOMEBODY_ELSE = "Zurückgeben: Jemand anders soll übernehmen"

NEWS = "In einem Ihrer Fälle gibt es Neues."
"""All that a mailbox hears of a case."""

MEDIA: Mapping[str, str] = {
    "voice": "eine Sprachnachricht geschickt; sie kam nicht an.",
    "file": "ein Foto oder eine Datei geschickt; sie kam nicht an.",
    "too_long": "einen zu langen Text geschickt; er kam nicht an.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One message to a member of the team.

    `link` is a path at the desk. `mail` is what a mailbox gets instead: one neutral sentence; without it
    nothing is mailed. `answers`: reference of the message it answers; `replaces`: of the one whose place it
    takes. `shows`: ids of the letters whose words stand in it; they count as read once it is in the chat.
    After `until` it is of no use any more.
    """

    text: str
    rows: Rows = ()
    link: str = ""
    mail: str = ""
    answers: str = ""
    replaces: str = ""
    shows: tuple[str, ...] = ()
    until: datetime | None = None

    def packed(self) -> str:
        """As it stands in the outbox."""
        body: bytes = adapter(Note).dump_json(self)
        return body.decode()

    @classmethod
    def unpacked(cls, body: str) -> "Note":
        """What was packed."""
        note: Note = adapter(Note).validate_json(body)
        return note


def quoted(name: str) -> str:
    """What somebody calls themselves, so that its direction does not turn the sentence around it."""
    return f"\u2068{name}\u2069"


def desk_path(case: Case) -> str:
    """The case's page at the desk."""
    return f"/desk/fall/{case.id}"


def waiting(town: Town, case: Case) -> Note:
    """The case waits for someone."""
    return _offer(town, case, f"Fall {case.number} wartet.", "Ein Fall wartet auf jemanden.")


def urgent_now(town: Town, case: Case) -> Note:
    """Something dangerous was written in a case that waits: it is offered anew."""
    return _offer(
        town, case, f"Fall {case.number} ist jetzt dringend.", "Ein Fall, der wartet, ist dringend."
    )


def _offer(town: Town, case: Case, sentence: str, mail: str) -> Note:
    text = "\n".join((sentence, *_about(town, case)))
    return Note(text=text, rows=open_rows(case), link=desk_path(case), mail=mail)


def offered_again(case: Case) -> Note:
    """In place of an offer that has a newer one below it."""
    return Note(text=f"Fall {case.number}: siehe die neuere Nachricht.")


def still_waiting(count: int) -> tuple[str, ...]:
    """What is left in the list from which one was taken; nothing if that is none."""
    if count == 0:
        return ()
    return (f"Es warten noch {count} Fälle: /queue" if count > 1 else "Es wartet noch ein Fall: /queue",)


def open_rows(case: Case) -> Rows:
    """What can be done with a case that waits."""
    return (
        (
            Tap(label="Übernehmen", sends=f"take:{case.id}"),
            Tap(label="Jetzt nicht", sends=f"later:{case.id}"),
        ),
    )


def taken(case: Case, name: str) -> Note:
    """Somebody else has it."""
    return Note(text=f"Fall {case.number}: übernommen von {quoted(name)}.")


def taken_by_reader(case: Case) -> Note:
    """The reader has it: what can be done with it stands in another message, or at the desk."""
    return Note(text=f"Fall {case.number} gehört jetzt Ihnen.")


def closed(case: Case) -> Note:
    """There is nothing left to do in the case."""
    return Note(text=f"Fall {case.number} ist abgeschlossen.")


def erased(case: Case, replaces: str) -> Note:
    """Nothing is left of the case, and what stood in this message must not be read any more."""
    return Note(text=f"Fall {case.number}: Die Person hat alles gelöscht.", replaces=replaces)


def erased_too(replaces: str) -> Note:
    """As `erased`, where another message of the chat says of which case."""
    return Note(text="Gelöscht.", replaces=replaces)


def yours_is_erased(case: Case) -> Note:
    """Nothing is left of a case that the reader had; it must not go unnoticed among old messages."""
    return Note(
        text=f"Fall {case.number}: Die Person hat alles gelöscht und ist hier nicht mehr zu erreichen.",
        mail=NEWS,
    )


def yours(town: Town, case: Case, sentence: str) -> Note:
    """The case is the reader's own, with what it is about and what can be done."""
    text = "\n".join((sentence, *_about(town, case)))
    return Note(text=text, rows=own_rows(case), link=desk_path(case))


def own_rows(case: Case) -> Rows:
    """What an owner can do with a case."""
    return (
        (
            Tap(label="Schreiben", sends=f"write:{case.id}"),
            Tap(label="Abschließen", sends=f"close:{case.id}"),
        ),
        (Tap(label="Zurückgeben", sends=f"back:{case.id}"),),
    )


def closing(case: Case) -> Note:
    """How did the case end? Beside the outcomes stand two ways out: somebody else takes it, or it stays."""
    outcomes = tuple((Tap(label=text, sends=f"done:{case.id}:{code}"),) for code, text in OUTCOMES.items())
    ways_out = (
        (Tap(label=TO_SOMEBODY_ELSE, sends=f"back:{case.id}:asked"),),
        (Tap(label="Doch nicht", sends=f"keep:{case.id}"),),
    )
    return Note(text=f"Fall {case.number} abschließen: Wie ist er ausgegangen?", rows=(*outcomes, *ways_out))


def letter_came(town: Town, case: Case, letter: Letter) -> Note:
    """The person of a case has written; what, only where the town lets it pass through a messenger."""
    whole = shows_content(town)
    return Note(
        text=f"Fall {case.number} schreibt:\n{letter.text}"
        if whole
        else f"Fall {case.number}: neue Nachricht.",
        rows=own_rows(case)[:1],
        link=desk_path(case),
        mail=NEWS,
        shows=(letter.id,) if whole else (),
    )


def media_came(case: Case, media: str) -> Note:
    """The person of a case has sent what does not pass through here: it is kept nowhere.

    `media` is what the engine calls it: voice, file or too_long.
    """
    told = MEDIA.get(media, MEDIA["file"])
    return Note(
        text=f"Fall {case.number} hat {told}", rows=own_rows(case)[:1], link=desk_path(case), mail=NEWS
    )


def urgent(town: Town, case: Case, letter: Letter | None = None) -> Note:
    """Something dangerous was written in a case that the reader has; `letter`: in which, if it was one."""
    shown = letter if shows_content(town) else None
    lines = (
        f"Fall {case.number}: Bitte sofort ansehen.",
        alarm_of(town.script, case),
        advice if (advice := advice_of(case)) == CARD_SHOWN else "",  # else the first line has said it
        shown.text if shown is not None else "",
    )
    return Note(
        text="\n".join(line for line in lines if line),
        rows=own_rows(case)[:1],
        link=desk_path(case),
        mail="Bitte sehen Sie sofort in Ihre Fälle.",
        shows=(shown.id,) if shown is not None else (),
    )


def urgent_elsewhere(town: Town, case: Case, name: str) -> Note:
    """Something dangerous was written in a case whose owner nothing reaches."""
    whose = f"Zuständig ist {quoted(name)}, aber hier nicht zu erreichen."
    what = "Bitte rufen Sie an, oder sehen Sie am Arbeitsplatz nach."
    lines = (f"Fall {case.number}: Bitte sofort ansehen.", alarm_of(town.script, case), f"{whose} {what}")
    text = "\n".join(line for line in lines if line)
    return Note(text=text, link=desk_path(case), mail="Bitte sehen Sie sofort in die Fälle.")


def unreachable(case: Case) -> Note:
    """Nothing reaches the person of a case in their messenger any more."""
    return Note(
        text=f"Fall {case.number}: Die Person ist auf Telegram nicht erreichbar, wahrscheinlich hat sie "
        "den Bot blockiert. Was Sie schreiben, bleibt für sie gespeichert. Wenn es eilt: Versuchen Sie es "
        "auf einem anderen Weg.",
        link=desk_path(case),
        mail="Eine Ihrer Nachrichten kam nicht an.",
    )


def reachable_again(case: Case, *, missed: bool) -> Note:
    """The person's messenger takes messages again; `missed`: what was written to them goes there now."""
    now = " Was Sie ihr geschrieben haben, bekommt sie jetzt." if missed else ""
    return Note(
        text=f"Fall {case.number}: Die Person ist wieder auf Telegram erreichbar.{now}",
        rows=own_rows(case)[:1],
        link=desk_path(case),
        mail=NEWS,
    )


def undelivered(case: Case) -> Note:
    """Something that was said to the person of a case could not be delivered."""
    return Note(
        text=f"Fall {case.number}: Eine Nachricht an die Person kam nicht an. Bitte sehen Sie nach.",
        link=desk_path(case),
        mail="Eine Ihrer Nachrichten kam nicht an.",
    )


def welcome(town: Town, role: Role, name: str) -> Note:
    """Somebody has joined by the team's bot."""
    place = town.municipality.name
    return Note(
        text=f"Willkommen, {quoted(name)}. Sie sind dabei: {ROLE_LABELS[role]} in {place}.\n{WHAT[role]}"
    )


def shows_content(town: Town) -> bool:
    """Whether what people write may pass through the team's messenger."""
    return town.municipality.team_bot_shows_content


def _about(town: Town, case: Case) -> Sequence[str]:
    alarm = alarm_of(town.script, case)
    topics = [town.script.text(f"need.{need}", SOURCE) for need in case.needs]
    language = town.script.wording[SOURCE].locale.languages.get(case.language, case.language)
    lines = (
        ("", "" if alarm in topics else alarm),
        ("", advice_of(case)),
        ("Thema: ", ", ".join(topics)),
        ("Dringend: ", URGENCIES.get(case.urgency or "", "")),
        ("Grund: ", REASONS.get(case.reason, "") if shows_content(town) else ""),
        ("Sprache: ", str(language) if shows_content(town) else ""),
    )
    return [name + text for name, text in lines if text]
