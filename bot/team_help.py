"""What the team's bot says of itself to whoever asks for help, in the order of the work."""

from bot.team_notes import WHAT, Note
from bot.team_turn import Answer, Talk
from casework.team import Role, allows

WRITES_HERE = (
    "Schreiben: Antworten Sie auf eine Nachricht zum Fall. Oder tippen Sie auf „Schreiben“ und schreiben "
    "Sie dann."
)
WRITES_AT_THE_DESK = (
    "Schreiben: am Arbeitsplatz. In Ihrer Stadt bleibt der Inhalt von Fällen außerhalb von Telegram."
)
FOR_GUIDES = (
    "Ein Fall wartet: Tippen Sie darunter auf „Übernehmen“.\n"
    "{writing}\n"
    "Termine: tragen Sie am Arbeitsplatz ein, auf der Seite des Falls.\n"
    "Fertig: Tippen Sie auf „Abschließen“ und wählen Sie, wie es ausging.\n"
    "/queue zeigt, was wartet. /mine zeigt Ihre Fälle. {checks} /stop trennt diesen Chat vom Team."
)
FOR_OTHERS = (
    "Hier können Sie nur lesen, nicht schreiben.{more}\n"
    "/mine zeigt Ihre Einsätze. /stop trennt diesen Chat vom Team."
)
CHECKS = "/check zeigt, welche Einträge zu prüfen sind."
NO_CASES = "Fälle sehen hier nur Integrationsguide und Vertretung. /mine zeigt Ihre Einsätze."
"""For those who ask for cases and have none: what they can do instead."""
CALL = " Haben Sie eine Frage, oder können Sie nicht kommen? Rufen Sie bitte an: {phone}"


def help_(talk: Talk) -> Answer:
    """What can be done here."""
    if allows(talk.member, "queue.read"):
        writing = WRITES_HERE if talk.shows_content else WRITES_AT_THE_DESK
        return Note(text=FOR_GUIDES.format(writing=writing, checks=CHECKS)), None
    phone = talk.town.municipality.guide.phone
    call = CALL.format(phone=phone) if phone else ""
    more = f" {WHAT[Role.LEAD]} {CHECKS}" if talk.member.role is Role.LEAD else call
    return Note(text=FOR_OTHERS.format(more=more)), None
