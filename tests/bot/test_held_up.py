"""How late the event loop comes beside understanding: measured in ticks, and never a bound on time."""

from bot.bench.held_up import held_up
from tests.catalog.town import index


def test_every_tick_beside_the_reading_is_measured() -> None:
    late = held_up(index(), [("ich suche eine Wohnung", "de")] * 5)
    assert late
    assert late == sorted(late)
