"""The form for an entry: filled in, looked at, sent and sent again; whatever was typed stays in it."""

from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from bot.case_views import Done
from bot.catalogue_form import BOXES, Typed, has_text, hours_typed
from bot.catalogue_views import Form, Sent
from bot.web.desk_access import DeskDoor, Visit
from bot.web.desk_catalogue import CONFLICT, NOT_FOUND, PAGE, number, plain

TOO_OLD = "Die Seite war zu alt. Bitte öffnen Sie das Formular noch einmal."
UNPROCESSABLE = 422
SAVE, DRAFT = "save", "draft"
"""What the buttons of the form say; any other shows the preview."""

BETTER = "better"
"""The guide takes the hours that the page has proposed."""


class CatalogueFormPages:
    """Handlers; which role each needs stands in the table of `desk`."""

    def __init__(self, door: DeskDoor) -> None:
        self.door = door

    async def new(self, visit: Visit) -> Response:
        return self._shown(visit, await self.door.catalogue.form(visit.who, ""))

    async def edit(self, visit: Visit) -> Response:
        return self._shown(visit, await self.door.catalogue.form(visit.who, visit.path("entry")))

    async def add(self, visit: Visit) -> Response:
        if not visit.field("id"):
            return self.door.refuse(visit, TOO_OLD, UNPROCESSABLE)
        return await self._sent(visit, "")

    async def change(self, visit: Visit) -> Response:
        return await self._sent(visit, visit.path("entry"))

    async def _sent(self, visit: Visit, entry: str) -> Response:
        sent, wish = _sent(visit), visit.field("do")
        if wish not in {SAVE, DRAFT}:
            return self._shown(visit, await self.door.catalogue.look(visit.who, entry, sent))
        saved = await self.door.catalogue.save(visit.who, entry, sent, as_draft=wish == DRAFT)
        if saved.form is not None:
            status = UNPROCESSABLE if saved.form.conflict is None else CONFLICT
            return self._page(visit, saved.form, status)
        if saved.entry:
            what = "gleich" if saved.same else "entwurf" if wish == DRAFT else "gespeichert"
            return RedirectResponse(f"{PAGE}/eintrag/{saved.entry}?fertig={what}", status_code=303)
        if not saved.sentence:
            return RedirectResponse(f"{PAGE}?fertig=gespeichert", status_code=303)
        return self.door.refuse(visit, saved.sentence, NOT_FOUND)

    def _shown(self, visit: Visit, form: Form | Done) -> Response:
        if isinstance(form, Done):
            return self.door.refuse(visit, form.sentence, NOT_FOUND)
        return self._page(visit, form)

    def _page(self, visit: Visit, form: Form, status: int = 200) -> Response:
        target = f"{PAGE}/eintrag/{form.id}/bearbeiten" if form.id else f"{PAGE}/neu"
        return self.door.answer(visit, "desk/catalogue_form.html", status, form=form, target=target)


def _sent(visit: Visit) -> Sent:
    typed = _typed(visit.form)
    if typed.text("hours") == BETTER:
        hours = hours_typed(plain(visit.field(BETTER)))
        ticks = {name: ticked for name, ticked in typed.ticks.items() if not name.startswith("hours.")}
        typed = Typed(texts={**typed.texts, **hours.texts}, ticks={**ticks, **hours.ticks})
    return Sent(
        typed=typed,
        version=number(visit.field("version")),
        stamp=plain(visit.field("stamp"))[:64],
        number=plain(visit.field("id"))[:64],
        why=plain(visit.field("why")),
        language=plain(visit.field("shown_in"))[:20],
    )


def _typed(form: FormData) -> Typed:
    texts: dict[str, str] = {}
    ticks: dict[str, tuple[str, ...]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str) and has_text(name):
            texts[name] = plain(value)
        elif isinstance(value, str) and name in BOXES:
            ticks[name] = (*ticks.get(name, ()), plain(value)[:100])
    return Typed(texts=texts, ticks=ticks)
