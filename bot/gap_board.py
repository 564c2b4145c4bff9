"""The use cases of finding out what is missing: needs without an offer, what became of them, and overlaps."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.case_views import Done
from bot.check_steps import FORBIDDEN, name_of
from bot.house import House, Town
from bot.offer_lines import german_day
from bot.record import record_of
from bot.team_entry import SignedIn
from casework.days import local_day, month_of
from casework.evidence import blocks
from casework.evidence.record import Record
from casework.evidence.small_counts import NOTE, NOTE_EXACT, coarser_first, shown
from casework.gap_steps import DECISIONS, LONGEST_NOTE, Decision, GapStep
from casework.tallies import domain_of
from casework.team import ROLE_LABELS, Role, allows
from catalog.normalise import clean
from catalog.offer import Area, Offer
from catalog.overlaps import overlaps
from storage.store import Store

MONTHS = 12
AREAS: Mapping[Area, str] = {
    Area.MUNICIPALITY: "in der Stadt",
    Area.DISTRICT: "im Landkreis",
    Area.STATE: "in Hessen",
    Area.FEDERAL: "bundesweit",
}
MONTH_NAMES = ("Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")
DOOR, LONGEST_ID = "desk", 128


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    need: str
    decision: str
    on: str
    by: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """`code` is empty for small needs of a domain told together. `months`: name and count, in their order."""

    code: str
    domain: str
    need: str
    missing: str
    named: str
    offers: int | None
    months: tuple[tuple[str, str], ...]
    last: StepLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapBoard:
    """`rows`: what was missing most comes first. `months`: all needs together. `needs`: what can be decided
    about, by domain, code and name."""

    rows: tuple[GapRow, ...] = ()
    months: tuple[tuple[str, str], ...] = ()
    steps: tuple[StepLine, ...] = ()
    needs: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    decisions: tuple[tuple[str, str], ...] = ()
    counting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapLine:
    """Offers (id, name, organisation) that share all of `needs`, the area and their audience."""

    needs: tuple[str, ...]
    area: str
    offers: tuple[tuple[str, str, str], ...]


class Gaps:
    """For guides, their deputies and leads. Exact counts are for those who know the cases anyway."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def board(self, member: SignedIn) -> GapBoard:
        """What was missing in the last twelve months, and what became of it."""
        if not allows(member, "gap.note"):
            return GapBoard()
        town, now = self._house.towns[member.town], self._house.clock()
        exact = allows(member, "case.read")
        return await self._house.in_town(member.town, lambda store: board(store, town, now, exact=exact))

    async def note(self, member: SignedIn, need: str, decision: str, note: str, form_id: str) -> Done:
        """What becomes of a need for which there is no offer. The same form twice is one decision."""
        town, now, said = self._house.towns[member.town], self._house.clock(), " ".join(clean(note).split())
        if not allows(member, "gap.note"):
            return Done(ok=False, sentence=FORBIDDEN)
        if need not in town.script.taxonomy.needs or decision not in set(Decision):
            return Done(ok=False, sentence="Bitte wählen Sie einen Bedarf und was daraus wird.")
        if len(said) > LONGEST_NOTE:
            return Done(ok=False, sentence=f"Die Notiz ist zu lang: höchstens {LONGEST_NOTE} Zeichen.")
        step = GapStep(
            need=need, decision=Decision(decision), on=local_day(now), by=str(member.role), note=said
        )

        def work(store: Store) -> None:
            if store.updates.first_time(DOOR, f"gap:{form_id}"[:LONGEST_ID], now):
                store.gap_steps.add(step, now)

        await self._house.in_town(member.town, work)
        return Done(ok=True, sentence="Ihre Entscheidung ist eingetragen.")

    async def overlaps(self, member: SignedIn) -> tuple[OverlapLine, ...]:
        """Offers for the same need, area and audience, the largest groups first."""
        if not allows(member, "offer.check"):
            return ()
        offers = await self._house.in_town(member.town, lambda store: store.catalogue.offers())
        found = await asyncio.to_thread(overlaps, offers)  # every offer is held against every other
        labels = need_labels(self._house.towns[member.town])
        return tuple(
            OverlapLine(
                needs=tuple(labels[need] for need in each.needs),
                area=AREAS[each.area],
                offers=tuple(_named(offer) for offer in each.offers),
            )
            for each in found
        )


def board(store: Store, town: Town, now: datetime, *, exact: bool) -> GapBoard:
    """Read in one transaction. Small counts are hidden unless `exact`."""
    record = record_of(store, _first_month(now), month_of(now))
    labels, steps = need_labels(town), store.gap_steps.all()
    lines = tuple(_line(step, labels) for step in steps)
    last = {step.need: line for step, line in zip(reversed(steps), reversed(lines), strict=True)}
    there = {need: len(offers) for need, offers in town.script.by_need.items()}
    return GapBoard(
        rows=tuple(_rows(record, last, there, exact=exact)),
        months=tuple(
            (month_name(name), count)
            for _, name, count in blocks.months(record.counts("gaps", -1), exact=exact)
        ),
        steps=lines,
        needs=tuple(_choices(town)),
        decisions=tuple((str(code), label) for code, label in DECISIONS.items()),
        counting=NOTE_EXACT if exact else NOTE,
    )


def need_labels(town: Town) -> Mapping[str, str]:
    """What the town's needs are called in German."""
    return {code: need.labels["de"] for code, need in town.script.taxonomy.needs.items()}


def _rows(
    record: Record, last: Mapping[str, StepLine], there: Mapping[str, int], *, exact: bool
) -> Iterator[GapRow]:
    gaps, named = record.counts("gaps", 0), record.counts("needs", 0)
    under = coarser_first(gaps, domain_of, exact=exact)
    missing = blocks.folded(gaps, under)
    asked = shown(blocks.folded({need: named.get(need, 0) for need in gaps}, under), exact=exact)
    printed, months = shown(missing, exact=exact), _by_month(record) if exact else {}
    for code in sorted(missing, key=lambda code: (-_value(printed.counts[code]), code)):
        whole = "." in code
        yield GapRow(
            code=code if whole else "",
            domain=record.label(domain_of(code)),
            need=record.label(code) if whole else "übrige zusammen",
            missing=printed.counts[code],
            named=asked.counts.get(code, "0"),
            offers=there.get(code, 0) if whole else None,
            months=tuple(
                (month_name(month), str(count)) for month, count in sorted(months.get(code, {}).items())
            ),
            last=last.get(code),
        )


def _value(text: str) -> int:
    """By what is printed: the order tells no more than the figures."""
    return int(text) if text.isdecimal() else 0


def _by_month(record: Record) -> Mapping[str, Mapping[str, int]]:
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for tally in record.tallies:
        if tally.cell.table == "gaps":
            found[tally.cell.keys[0]][tally.cell.month] += tally.count
    return found


def _choices(town: Town) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    taxonomy, labels = town.script.taxonomy, need_labels(town)
    for domain in taxonomy.domains.values():
        yield domain.labels["de"], tuple((code, labels[code]) for code in domain.needs)


def _line(step: GapStep, labels: Mapping[str, str]) -> StepLine:
    role = ROLE_LABELS[Role(step.by)] if step.by in set(Role) else step.by
    return StepLine(
        need=labels.get(step.need, step.need),
        decision=DECISIONS[step.decision],
        on=german_day(step.on),
        by=role,
        note=step.note,
    )


def _named(offer: Offer) -> tuple[str, str, str]:
    return offer.id, name_of(offer), offer.organization


def month_name(month: str) -> str:
    """ "2026-11" as "Nov 2026"; what is no month, such as a sum, stays as it is."""
    year, _, number = month.partition("-")
    return f"{MONTH_NAMES[int(number) - 1]} {year}" if number.isdecimal() else month


def _first_month(now: datetime) -> str:
    year, _, number = month_of(now).partition("-")
    years, month = divmod(int(year) * 12 + int(number) - MONTHS, 12)
    return f"{years:04}-{month + 1:02}"
