"""The fake desk's catalogue: one entry of the town, one it shares; what is done to it stands in its list."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.cards import CardView, Line
from bot.case_views import Done
from bot.catalogue_changes import Difference
from bot.catalogue_choices import choices_of, needs_by_domain, text_languages
from bot.catalogue_form import DOCUMENTS, TEXTS, Typed, read, typed_of
from bot.catalogue_preview import DayLine, Preview, StandIn
from bot.catalogue_views import (
    Conflict,
    DraftView,
    EntryLine,
    EntryView,
    Form,
    Handout,
    HistoryView,
    HoursHelp,
    Listing,
    Saved,
    Sent,
    StateView,
    Wanted,
)
from bot.team_entry import SignedIn
from casework.team import allows
from catalog.needs import packaged_taxonomy
from catalog.offer import Kind
from tests.catalog.town import offer

OWN, SHARED = "cafe", "amt"
NAME = "Sprachcafé am Haselbach"
TAXONOMY = packaged_taxonomy()
TODAY = date(2026, 11, 23)
LANGUAGES = (("de", "Deutsch"), ("ar", "Arabisch"))
GONE = Done(ok=False, sentence="Diesen Eintrag gibt es in Ihrer Stadt nicht.")
CHANGED = (Difference(label="Name (Arabisch)", before="–", after="مقهى"),)
WEEK = (DayLine(day="Montag, 23.11.", hours="08:00–12:00", closed=False),
        DayLine(day="Dienstag, 24.11.", hours="geschlossen", closed=True))  # fmt: skip


def card_in(language: str) -> CardView:
    lines = (Line(kind="about", label="", text="Deutsch sprechen bei Kaffee."),
             Line(kind="phone", label="Telefon", text="+49 69 90009100", href="tel:+496990009100"),
             Line(kind="hours", label="Geöffnet", text="jetzt geöffnet bis 12:00"))  # fmt: skip
    direction = "rtl" if language == "ar" else "ltr"
    return CardView(
        offer=OWN,
        title=NAME,
        organization="Freundeskreis",
        lines=lines,
        language=language,
        direction=direction,
    )


def preview_in(language: str) -> Preview:
    missing = StandIn(field="Beschreibung", languages="Arabisch", instead="Deutsch")
    return Preview(card=card_in(language), week=WEEK, unseen="", stand_ins=(missing,))


class FakeCatalogue:
    """`draft`: whether one waits; `late`: whether somebody else has saved meanwhile; `many`: entries."""

    def __init__(self, done: list[tuple[str, ...]]) -> None:
        self._done = done
        self.draft = False
        self.late = False
        self.many = 2
        self.fictional = False
        self.sent: list[Sent] = []
        self.wanted = Wanted()

    def _has(self, member: SignedIn, entry_id: str) -> bool:
        return member.town == "erlenfels" and entry_id in (OWN, SHARED)

    async def listed(self, member: SignedIn, wanted: Wanted) -> Listing:
        self.wanted = wanted
        own = EntryLine(id=OWN, name=NAME, organization="Freundeskreis", kind="Angebot", shared="",
                        needs=("Deutsch üben",), checked="12.10.2026",
                        tags=("wartet auf Freigabe",))  # fmt: skip
        shared = replace(own, id=SHARED, name="Ausländerbehörde", shared="Hintertaunus", tags=())
        lines = (own, *(shared for _ in range(self.many - 1))) if member.town == "erlenfels" else ()
        return Listing(
            lines=lines,
            total=len(lines),
            waiting=int(self.draft),
            needs=needs_by_domain(TAXONOMY),
            kinds=tuple((kind, kind) for kind in Kind),
            may_write=allows(member, "catalogue.write"),
            fictional=self.fictional,
        )

    async def handout(self, member: SignedIn, wanted: Wanted, language: str) -> Handout:
        known = language if language == "ar" else "de"
        groups = (("Deutsch lernen", (card_in(known),)),) if member.town == "erlenfels" else ()
        direction = "rtl" if known == "ar" else "ltr"
        return Handout(town="Erlenfels", language=known, direction=direction, printed="23.11.2026",
                       groups=groups, languages=LANGUAGES)  # fmt: skip

    async def entry(self, member: SignedIn, entry_id: str, language: str) -> EntryView | None:
        if not self._has(member, entry_id):
            return None
        draft = DraftView(stamp="s1", by="Frau Deputy", at="22.11.2026, 10:00", why="fehlte", moved=True,
                          differences=CHANGED)  # fmt: skip
        own = entry_id == OWN
        return EntryView(
            id=entry_id,
            name=NAME,
            preview=preview_in(language if language == "ar" else "de"),
            facts=(("Art", "Angebot"), ("Mitbringen", "Pass\nBrief")),
            shared="" if own else "Hintertaunus",
            version=3,
            withdrawn=False,
            status_draft=False,
            changed="20.11.2026, 10:00, Frau Deputy",
            why="neue Zeiten",
            draft=draft if self.draft and own else None,
            languages=LANGUAGES,
            may_write=own and allows(member, "catalogue.write"),
            fictional=self.fictional,
        )

    async def history(self, member: SignedIn, entry_id: str) -> HistoryView | None:
        if not self._has(member, entry_id):
            return None
        newest = StateView(version=3, by="Frau Deputy", at="20.11.2026, 10:00", why="neue Zeiten",
                           withdrawn=False, back=True, differences=CHANGED)  # fmt: skip
        gone = replace(newest, version=2, withdrawn=True, back=False, differences=())
        first = replace(newest, version=1, by="die Dateien der Stadt", back=False, differences=())
        return HistoryView(
            id=entry_id,
            name=NAME,
            shared="" if entry_id == OWN else "Hintertaunus",
            version=3,
            stamp="",
            states=(newest, gone, first),
            may_write=entry_id == OWN,
        )

    async def form(self, member: SignedIn, entry_id: str) -> Form | Done:
        if entry_id and (entry_id != OWN or member.town != "erlenfels"):
            return GONE
        typed = typed_of(replace(offer("guide-erlenfels"), id=OWN)) if entry_id else Typed()
        return self._form(entry_id, Sent(typed=typed, version=3 if entry_id else 0))

    async def look(self, member: SignedIn, entry_id: str, sent: Sent) -> Form | Done:
        if entry_id and (entry_id != OWN or member.town != "erlenfels"):
            return GONE
        self.sent.append(sent)
        problems = read(sent.typed, offer("guide-erlenfels"), TODAY, TAXONOMY).problems
        form = self._form(entry_id, sent, problems)
        return form if problems else replace(form, preview=preview_in(sent.language))

    async def save(self, member: SignedIn, entry_id: str, sent: Sent, *, as_draft: bool) -> Saved:
        if entry_id and (entry_id != OWN or member.town != "erlenfels"):
            return Saved(sentence=GONE.sentence)
        self.sent.append(sent)
        if self.late:
            self.late = False
            conflict = Conflict(by="Frau Deputy", at="23.11.2026, 09:00", why="neu", differences=CHANGED)
            anew = replace(sent, version=4, stamp="s4")
            return Saved(form=replace(self._form(entry_id, anew), conflict=conflict))
        problems = read(sent.typed, offer("guide-erlenfels"), TODAY, TAXONOMY).problems
        if problems:
            return Saved(form=self._form(entry_id, sent, problems))
        self._done.append(("draft" if as_draft else "save", member.id, entry_id))
        return Saved(entry=entry_id or "neues")

    def _form(self, entry_id: str, sent: Sent, problems: Mapping[str, str] | None = None) -> Form:
        problems = dict(problems or {})
        help_ = (
            HoursHelp(better="Mo 08:00-12:00", as_typed=WEEK, as_meant=WEEK)
            if "opening_hours" in problems
            else None
        )
        return Form(
            id=entry_id,
            name=NAME if entry_id else "",
            typed=sent.typed,
            version=sent.version,
            stamp=sent.stamp,
            why=sent.why,
            number=sent.number,
            is_draft=False,
            withdrawn=False,
            choices=choices_of(TAXONOMY, sent.typed),
            needs=needs_by_domain(TAXONOMY),
            languages=text_languages(sent.typed, ("de", "ar"), (*TEXTS, DOCUMENTS)),
            offered=LANGUAGES,
            assured="12.10.2026" if entry_id else "",
            existing=bool(entry_id),
            fictional=self.fictional,
            problems=problems,
            hours=help_,
            shown_in=sent.language,
            stand_ins=(StandIn(field="Beschreibung", languages="Arabisch", instead="Deutsch"),),
        )

    async def approve(self, member: SignedIn, entry_id: str, sent: Sent) -> Done:
        return self._do("approve", member, entry_id, sent)

    async def discard(self, member: SignedIn, entry_id: str, sent: Sent) -> Done:
        return self._do("discard", member, entry_id, sent)

    async def withdraw(self, member: SignedIn, entry_id: str, sent: Sent) -> Done:
        return self._do("withdraw", member, entry_id, sent)

    async def restore(self, member: SignedIn, entry_id: str, version: int, sent: Sent) -> Done:
        return self._do(f"restore {version}", member, entry_id, sent)

    def _do(self, what: str, member: SignedIn, entry_id: str, sent: Sent) -> Done:
        if member.town != "erlenfels" or entry_id != OWN:
            return GONE
        if sent.version != 3:
            return Done(ok=False, sentence="Der Eintrag hat sich inzwischen geändert.")
        self._done.append((what, member.id, entry_id, sent.stamp, sent.why))
        return Done(ok=True, sentence="Gut.")
