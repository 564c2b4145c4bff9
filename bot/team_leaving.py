"""How a member takes their chat out of the team: asked first, because it ends what they hear here."""

from bot.doors import TEAM_TELEGRAM
from bot.team_entry import NEED_PASSWORD
from bot.team_notes import Note, Tap
from bot.team_turn import Answer, Talk
from casework.team import allows

ASKED = "Diesen Chat trennen? Sie bekommen hier dann keine Nachrichten mehr."
CASES_STAY = "Ihre Fälle bleiben Ihre Fälle. Sie finden sie am Arbeitsplatz."
ROWS = ((Tap(label="Ja, trennen", sends="stop:yes"), Tap(label="Nein", sends="stop:no")),)
LEFT = "Dieser Chat ist getrennt."
BACK_BY_DESK = "Wieder verbinden können Sie ihn am Arbeitsplatz unter „So erreichen wir Sie“."
BACK_BY_INVITATION = "Um wiederzukommen, brauchen Sie eine neue Einladung."
STAYED = "Gut, dieser Chat bleibt verbunden."


def stop(talk: Talk) -> Answer:
    """Asks first."""
    lines = (ASKED, CASES_STAY) if allows(talk.member, "queue.read") else (ASKED,)
    return Note(text="\n".join(lines), rows=ROWS), None


def stopped(talk: Talk, answer: str, _: str) -> Answer:
    """Nothing more is sent to this chat, if that was meant."""
    if answer != "yes":
        return Note(text=STAYED, replaces=talk.message.tapped), None
    talk.store.member_addresses.drop(talk.member.id, TEAM_TELEGRAM)
    talk.store.audit.add(talk.member.id, "reach.telegram_off", None, talk.now)
    back = BACK_BY_DESK if talk.member.role in NEED_PASSWORD else BACK_BY_INVITATION
    stays = (CASES_STAY,) if allows(talk.member, "queue.read") else ()
    return Note(text="\n".join((LEFT, *stays, back)), replaces=talk.message.tapped), None
