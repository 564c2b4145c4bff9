"""Where to go when a deadline may run: whoever opens first, never what the law says."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from catalog.hours import Hours
from catalog.matching import Facts, Match, best_offers
from catalog.needs import Taxonomy
from catalog.offer import Kind, Offer
from dialogs.messages import Args, Reply

ADVICE = ("law.legal_advice", "admin.letters")
"""Needs whose places help with any letter."""

PLACES = {Kind.ADVICE_CENTRE, Kind.AUTHORITY}
KEY = "intake.deadline"


def places(
    by_need: Mapping[str, Sequence[Offer]],
    taxonomy: Taxonomy,
    needs: Sequence[str],
    facts: Facts,
    language: str,
    now: datetime,
) -> Iterator[tuple[datetime, Match]]:
    """Advice centres and offices for these needs with the moment at which they open, `now` if they are."""
    for need in dict.fromkeys((*needs, *ADVICE)):
        for match in best_offers(by_need.get(need, ()), need, facts, language, now, taxonomy):
            simply_comes = match.offer.kind in PLACES and not match.offer.appointment_required
            opens = opening(match.offer.opening_hours, now) if simply_comes else None
            if opens is not None:
                yield opens, match


def opening(hours: str, now: datetime) -> datetime | None:
    """`now` if it is open then, else when it opens; None if nobody knows."""
    if not hours:
        return None
    parsed = Hours.parse(hours)
    return now if parsed.is_open(now) else parsed.next_opening(now)


def warning(
    found: Sequence[tuple[datetime, Match]],
    needs: Sequence[str],
    guide: datetime | None,
    now: datetime,
    language: str,
) -> tuple[Reply, Match | None]:
    """What is said, and the place that is named: one for these needs, else any, that opens before the guide.

    `guide`: when the guide can be reached, None if that is not known. Of places that open together the first
    one found fits best.
    """
    early = [place for place in found if guide is None or place[0] <= guide]
    if not early:
        return _with_the_guide(guide, now), None
    # an office may have sent the letter: who gives advice is asked first
    opens, match = min(
        early, key=lambda place: (place[1].need not in needs, place[1].offer.kind is Kind.AUTHORITY, place[0])
    )
    names = match.offer.name
    args: Args = {"place": f"={names.get(language, names['de'])}"}  # as it stands, whatever it begins with
    if opens == now:
        return Reply(key=f"{KEY}.open", args=args), match
    return Reply(key=f"{KEY}.opens", args={**args, "opens": f"at:{opens.isoformat()}"}), match


def _with_the_guide(guide: datetime | None, now: datetime) -> Reply:
    if guide is None:
        return Reply(key=KEY)
    if guide == now:
        return Reply(key=f"{KEY}.guide_now")
    return Reply(key=f"{KEY}.guide", args={"opens": f"at:{guide.isoformat()}"})
