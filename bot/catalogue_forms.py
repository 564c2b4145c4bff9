"""The form for an entry as a page shows it: what stands in it, what is wrong, what it would look like."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from bot.catalogue_changes import differences
from bot.catalogue_choices import choices_of, needs_by_domain, text_languages
from bot.catalogue_entry import Seen, moment, spoken, states_of
from bot.catalogue_form import BY_TEXT, CHECKED, DOCUMENTS, MODIFIED, TEXTS, Typed, read, typed_of
from bot.catalogue_merging import merged
from bot.catalogue_older import older_texts
from bot.catalogue_preview import preview_of, stand_ins, week_of_hours
from bot.catalogue_steps import Current, Moved, blank
from bot.catalogue_views import Conflict, Form, HoursHelp, Sent
from bot.shown_offers import checked
from catalog.hours import Hours, HoursError
from catalog.offer import Offer, Origin
from catalog.overlaps import like
from dialogs.wording import SOURCE


def form_of(seen: Seen, found: Current | None) -> Form:
    """The form of an entry as it is now, or of a new one."""
    base = blank(seen.today) if found is None else found.newest.offer
    sent = Sent(
        typed=typed_of(base),
        version=found.version if found is not None else 0,
        stamp=found.stamp if found is not None else "",
    )
    form = form_again(seen, found, sent, {})
    return form if found is None else replace(form, stand_ins=tuple(stand_ins(base, seen.script.languages)))


def form_again(seen: Seen, found: Current | None, sent: Sent, problems: Mapping[str, str]) -> Form:
    """A form that came back, with everything that was typed, and what is in its way."""
    base = blank(seen.today) if found is None else found.newest.offer
    return Form(
        id=base.id if found is not None else "",
        name=base.name.get(SOURCE, ""),
        typed=sent.typed,
        version=sent.version,
        stamp=sent.stamp,
        why=sent.why,
        number=sent.number,
        is_draft=found is not None and found.draft is not None,
        withdrawn=found is not None and found.entry is not None and found.entry.withdrawn,
        choices=choices_of(seen.script.taxonomy, sent.typed),
        needs=needs_by_domain(seen.script.taxonomy),
        languages=text_languages(sent.typed, seen.script.wording.languages, (*TEXTS, DOCUMENTS)),
        offered=seen.offered,
        assured=f"{base.assured_date:%d.%m.%Y}" if found is not None else "",
        existing=found is not None and base.origin is Origin.EXISTING,
        fictional=seen.town.municipality.fictional,
        problems=problems,
        hours=_help(sent.typed, seen.now) if "opening_hours" in problems else None,
        shown_in=spoken(seen, sent.language),
    )


def form_previewed(seen: Seen, found: Current | None, sent: Sent) -> Form:
    """A form that came back, with the card that it would make, or with what is in its way."""
    base = blank(seen.today) if found is None else found.newest.offer
    meant = read(sent.typed, base, seen.today, seen.script.taxonomy)
    form = form_again(seen, found, sent, meant.problems)
    if meant.offer is None:
        return form
    assured = checked(seen.store).assured(meant.offer)  # who saves it has seen to it: it is not gone
    shown = preview_of(assured, form.shown_in, seen.script, seen.now)
    there = like(seen.store.catalogue.offers(), meant.offer) if found is None else ()
    alike = tuple((each.id, each.name[SOURCE], each.organization) for each in there)
    return replace(
        form, preview=shown, stand_ins=shown.stand_ins, alike=alike, older=_older(seen, found, meant.offer)
    )


def _older(seen: Seen, found: Current | None, meant: Offer) -> tuple[str, ...]:
    """Of a draft only the newest state is known."""
    if found is None:
        return ()
    drafted = (found.draft.offer,) if found.draft is not None else ()
    return older_texts((*states_of(seen.store, found.newest.offer.id), *drafted, meant))


def form_in_conflict(seen: Seen, moved: Moved, sent: Sent) -> Form:
    """A form that came too late: with what only the other one has changed, and where both have, with both.

    Sent once more it takes the other's place.
    """
    newest, taxonomy = moved.current.newest, seen.script.taxonomy
    mine = moved.offer if moved.base is None else merged(moved.base, newest.offer, moved.offer)
    conflict = Conflict(
        by=seen.who(newest.by),
        at=moment(newest.at),
        why=newest.why,
        differences=differences(newest.offer, mine, taxonomy),
        taken=tuple(each.label for each in differences(moved.offer, mine, taxonomy)),
    )
    typed = typed_of(mine)
    kept = {name: sent.typed.ticked(name) for name in (CHECKED, MODIFIED)}
    typed = replace(typed, ticks={**typed.ticks, **kept})
    anew = replace(sent, typed=typed, version=moved.current.version, stamp=moved.current.stamp)
    return replace(form_again(seen, moved.current, anew, {}), conflict=conflict)


def _help(typed: Typed, now: dt.datetime) -> HoursHelp | None:
    """For hours that were typed as text and of which it is clear what was meant."""
    if typed.text("hours") != BY_TEXT:
        return None
    try:
        Hours.parse(" ".join(typed.text("opening_hours").split()))
    except HoursError as error:
        if error.better:
            as_typed = week_of_hours(error.read_as, now) if error.read_as else ()
            return HoursHelp(
                better=error.better, as_typed=as_typed, as_meant=week_of_hours(error.better, now)
            )
    return None
