"""What a spreadsheet would change in a catalogue, or what is wrong with it, in German; it writes nothing."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from bot.catalogue_changes import differences
from bot.catalogue_problems import in_sheet, remark_in_german
from bot.catalogue_sheet_shelf import Stamp
from bot.catalogue_sheet_views import SheetEntry, SheetLook, SheetProblem, Upload
from bot.files.columns import columns_of, value_at
from bot.files.entries import Entries
from bot.files.opening import WHOLE, refused
from bot.files.spreadsheet_in import entries_in
from bot.taking_in import Ready, Taken, ready, taken
from catalog.municipality import Municipality
from catalog.needs import CatalogError, Problem, Taxonomy
from catalog.offer import Offer
from catalog.offer_row import row_of
from catalog.row import CellProblem
from dialogs.wording import SOURCE
from storage.catalogue import OfferVersion

ENDINGS = (".xlsx", ".csv")
MOST_PROBLEMS = 200
"""Told at once; whoever has more mends these first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What a file is looked at against."""

    town: Municipality
    taxonomy: Taxonomy
    today: dt.date
    entries: tuple[OfferVersion, ...]

    @property
    def stamp(self) -> Stamp:
        return stamp_of(self.entries)


def stamp_of(entries: Iterable[OfferVersion]) -> Stamp:
    """Differs as soon as any entry does; checks that somebody has noted meanwhile do not count."""
    return tuple((each.offer.id, each.version, each.shared, each.withdrawn) for each in entries)


def read_upload(upload: Upload, before: Before) -> Ready | SheetLook:
    """Entries that can be taken in, or what is wrong with the file; it takes seconds for a large one."""
    entries = Entries(file=upload.name, rows=())
    try:
        if PurePath(upload.name).suffix.lower() not in ENDINGS:
            raise refused(upload.name, f"ends in another way. Save it as one of: {', '.join(ENDINGS)}.")
        entries = entries_in(upload.name, upload.raw, before.taxonomy)
        return ready(entries, before.entries, before.town, before.today, complete=upload.complete)
    except CatalogError as error:
        problems = _problems(error.problems, entries, before.taxonomy)
        return SheetLook(
            file=upload.name, complete=upload.complete, problems=problems, unfit=len(error.problems)
        )


def look_of(
    upload: Upload, before: Before, found: Ready, written: Sequence[str], drafts: set[str]
) -> SheetLook:
    """What would become of each entry if these ids are written. `drafts`: ids for which one waits."""
    done = taken(found, written)
    former = {each.offer.id: each.offer for each in before.entries}
    meant = {offer.id: offer for offer in found.read}
    return SheetLook(
        file=upload.name,
        complete=upload.complete,
        new=tuple(_entry(meant[name]) for name in done.new),
        changed=tuple(_changed(former[name], meant[name], before.taxonomy) for name in done.changed),
        withdrawn=tuple(_entry(former[name]) for name in done.withdrawn),
        absent=tuple(_entry(former[name]) for name in done.absent),
        same=done.same,
        remarks=(
            *map(remark_in_german, done.remarks),
            *_drafts(done, former, drafts),
        ),
        lost=_without_column(found, [(former[name], meant[name]) for name in done.changed], before.taxonomy),
    )


def _without_column(
    found: Ready, changed: Sequence[tuple[Offer, Offer]], taxonomy: Taxonomy
) -> tuple[str, ...]:
    """What an entry loses because its column is not in the file is easily overlooked among its changes."""
    lost: dict[str, None] = {}
    pairs = [(row_of(before), row_of(after)) for before, after in changed]
    for column in columns_of(taxonomy):
        if column.field not in found.entries.heads:
            different = any(value_at(a, column.field) != value_at(b, column.field) for a, b in pairs)
            lost |= {column.head: None} if different else {}
        elif column.by_language:
            named = _codes(value_at(row, column.field) for row in found.entries.rows)
            gone = _codes(value_at(before, column.field) for before, _ in pairs) - named
            lost |= {column.in_language(code): None for code in sorted(gone)}
    return tuple(lost)


def _codes(values: Iterable[Any]) -> set[str]:
    """The languages of texts, or of lists of texts."""
    texts = (each for value in values for each in (value if isinstance(value, list) else [value]) if each)
    return {code for each in texts for code in each}


def _drafts(done: Taken, former: Mapping[str, Offer], drafts: set[str]) -> Iterable[str]:
    for name in (*done.changed, *done.withdrawn):
        if name in drafts:
            yield f"Zu „{former[name].name[SOURCE]}“ wartet ein Entwurf. Er bleibt, bis jemand ihn ansieht."


def _entry(offer: Offer) -> SheetEntry:
    return SheetEntry(id=offer.id, name=offer.name[SOURCE], organization=offer.organization)


def _changed(before: Offer, after: Offer, taxonomy: Taxonomy) -> SheetEntry:
    return SheetEntry(
        id=after.id,
        name=after.name[SOURCE],
        organization=after.organization,
        differences=differences(before, after, taxonomy),
    )


def _problems(problems: Sequence[Problem], entries: Entries, taxonomy: Taxonomy) -> tuple[SheetProblem, ...]:
    heads = {column.field: column.head for column in columns_of(taxonomy)}
    hours = {
        number: str(value_at(row, "opening_hours") or "")
        for row, number in zip(entries.rows, entries.numbers, strict=True)
    }
    return tuple(
        SheetProblem(place=_place(problem, heads), text=in_sheet(problem, hours.get(_row(problem), "")))
        for problem in problems[:MOST_PROBLEMS]
    )


def _place(problem: Problem, heads: Mapping[str, str]) -> str:
    if not isinstance(problem, CellProblem):
        return "Die Datei" if problem.entry == WHOLE else problem.entry
    column = heads.get(problem.column, problem.column)
    return f"Zeile {problem.row}" + (f", Spalte „{column}“" if column else "")


def _row(problem: Problem) -> int:
    return problem.row if isinstance(problem, CellProblem) else 0
