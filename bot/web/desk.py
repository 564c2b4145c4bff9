"""The guide desk as one table: path, method, what the visitor must be allowed to do, and who answers."""

from starlette.routing import Route

from bot.web.desk_access import EVERYONE, FIELDS, MANY_FIELDS, DeskDoor, Guarded, Handle
from bot.web.desk_appointments import AppointmentPages
from bot.web.desk_cases import CasePages
from bot.web.desk_catalogue import CataloguePages
from bot.web.desk_catalogue_form import CatalogueFormPages
from bot.web.desk_checks import CheckPages
from bot.web.desk_entry import EntryPages
from bot.web.desk_gaps import GapPages
from bot.web.desk_reach import ReachPages
from bot.web.desk_sheet import DOWNLOADS, SHEET, SheetPages
from bot.web.desk_team import TeamPages
from bot.web.desk_upload import HEARD_OUT, Taking

Row = tuple[str, str, str | None, Handle]

ENTRY = "/desk/katalog/eintrag/{entry}"
LARGE = frozenset({"/desk/katalog/neu", f"{ENTRY}/bearbeiten"})
"""Where a form is sent that has all texts of an entry, in every language."""

LARGEST = 512 * 1024


def pages(door: DeskDoor) -> tuple[Row, ...]:
    cases, entry, team = CasePages(door), EntryPages(door), TeamPages(door)
    appointments, reach = AppointmentPages(door), ReachPages(door)
    return (
        ("/desk", "GET", "queue.read", cases.board),
        ("/desk/stand", "GET", "queue.read", cases.board_part),
        ("/desk/fall", "GET", "case.read", cases.numbered),
        ("/desk/fall/{case}", "GET", "case.read", cases.case),
        ("/desk/fall/{case}/neu", "GET", "queue.read", cases.case_news),
        ("/desk/fall/{case}/uebernehmen", "POST", "case.take", cases.take),
        ("/desk/fall/{case}/nicht-jetzt", "POST", "case.not_now", cases.not_now),
        ("/desk/fall/{case}/zurueckgeben", "POST", "case.give_back", cases.give_back),
        ("/desk/fall/{case}/abschliessen", "POST", "case.close", cases.close),
        ("/desk/fall/{case}/schreiben", "POST", "case.write", cases.write),
        ("/desk/fall/{case}/termin", "POST", "case.write", appointments.make),
        ("/desk/fall/{case}/termin-absagen", "POST", "case.write", appointments.cancel),
        *_catalogue(door),
        *_sheet(door),
        *_freshness(door),
        ("/desk/team", "GET", "team.read", team.show),
        ("/desk/team/einladen", "POST", "team.invite", team.invite),
        ("/desk/team/{member}/erneuern", "POST", "team.invite", team.renew),
        ("/desk/team/{member}/sperren", "POST", "team.revoke", team.revoke),
        ("/desk/erreichbar", "GET", "self.reach", reach.show),
        ("/desk/erreichbar/telegram", "POST", "self.reach", reach.connect),
        ("/desk/erreichbar/telegram-trennen", "POST", "self.reach", reach.disconnect),
        ("/desk/erreichbar/mail", "POST", "self.reach", reach.ask_mail),
        ("/desk/erreichbar/mail-loeschen", "POST", "self.reach", reach.drop_mail),
        ("/desk/erreichbar/mail/{token}", "GET", EVERYONE, reach.confirm_page),
        ("/desk/erreichbar/mail/{token}", "POST", EVERYONE, reach.confirm),
        ("/desk/anmelden", "GET", EVERYONE, entry.sign_in_page),
        ("/desk/anmelden", "POST", EVERYONE, entry.sign_in),
        ("/desk/einladung/{token}", "GET", EVERYONE, entry.invitation_page),
        ("/desk/einladung/{token}", "POST", EVERYONE, entry.invitation),
        ("/desk/abmelden", "POST", "self.sign_out", entry.sign_out),
    )


def _catalogue(door: DeskDoor) -> tuple[Row, ...]:
    catalogue, form = CataloguePages(door), CatalogueFormPages(door)
    return (
        ("/desk/katalog", "GET", "catalogue.read", catalogue.listed),
        ("/desk/katalog/drucken", "GET", "catalogue.read", catalogue.handout),
        ("/desk/katalog/neu", "GET", "catalogue.write", form.new),
        ("/desk/katalog/neu", "POST", "catalogue.write", form.add),
        (ENTRY, "GET", "catalogue.read", catalogue.entry),
        (f"{ENTRY}/fassungen", "GET", "catalogue.read", catalogue.history),
        (f"{ENTRY}/bearbeiten", "GET", "catalogue.write", form.edit),
        (f"{ENTRY}/bearbeiten", "POST", "catalogue.write", form.change),
        (f"{ENTRY}/freigeben", "POST", "catalogue.write", catalogue.approve),
        (f"{ENTRY}/verwerfen", "POST", "catalogue.write", catalogue.discard),
        (f"{ENTRY}/zurueckziehen", "POST", "catalogue.write", catalogue.withdraw),
        (f"{ENTRY}/wiederherstellen", "POST", "catalogue.write", catalogue.restore),
    )


def _sheet(door: DeskDoor) -> tuple[Row, ...]:
    """The catalogue as a table: out and in."""
    sheet = SheetPages(door)
    return (
        (SHEET, "GET", "catalogue.read", sheet.show),
        (SHEET, "POST", "catalogue.write", sheet.look),
        (f"{SHEET}/uebernehmen", "POST", "catalogue.write", sheet.take),
        *((f"{SHEET}/{name}", "GET", "catalogue.read", sheet.download) for name in DOWNLOADS),
    )


def _freshness(door: DeskDoor) -> tuple[Row, ...]:
    """Whether entries are right, and what the town lacks."""
    checks, gaps = CheckPages(door), GapPages(door)
    return (
        ("/desk/pruefen", "GET", "offer.check", checks.show),
        ("/desk/pruefen/{offer}", "GET", "offer.check", checks.entry),
        ("/desk/pruefen/{offer}", "POST", "offer.check", checks.note),
        ("/desk/pruefen/{offer}/besuch", "POST", "offer.check", checks.visited),
        ("/desk/pruefen/{offer}/erledigt", "POST", "offer.check", checks.settle),
        ("/desk/angebot/{token}", "GET", EVERYONE, checks.question_page),
        ("/desk/angebot/{token}", "POST", EVERYONE, checks.answer),
        ("/desk/luecken", "GET", "gap.note", gaps.show),
        ("/desk/luecken", "POST", "gap.note", gaps.note),
        ("/desk/doppelt", "GET", "offer.check", gaps.overlaps),
    )


def desk_routes(door: DeskDoor) -> list[Route]:
    return [_route(door, *row) for row in pages(door)]


def _route(door: DeskDoor, path: str, method: str, action: str | None, handle: Handle) -> Route:
    if (path, method) == (SHEET, "POST"):
        return Route(path, Taking(door, action, handle).answer, methods=[method], max_body_size=HEARD_OUT)
    large = path in LARGE
    guard = Guarded(door, action, handle, most_fields=MANY_FIELDS if large else FIELDS)
    return Route(path, guard.answer, methods=[method], max_body_size=LARGEST if large else None)
