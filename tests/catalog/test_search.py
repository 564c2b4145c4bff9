import pytest

from catalog.search import found
from tests.catalog.town import erlenfels

TEXTS = {one.id: (*one.name.values(), one.organization) for one in erlenfels().offers}


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Bürgerbüro", "buergerbuero-erlenfels"),
        ("burgerburo", "buergerbuero-erlenfels"),
        ("Bürgebüro", "buergerbuero-erlenfels"),
        ("integrationgiude", "guide-erlenfels"),
        ("ordnungs obdach wohnungslos", "ordnungsamt-obdach"),
        ("مكتب المواطنين", "buergerbuero-erlenfels"),
    ],
    ids=["as it is", "without dots", "a letter less", "letters swapped", "parts of words", "in Arabic"],
)
def test_an_entry_is_found_by_what_it_is_called(query: str, first: str) -> None:
    texts = TEXTS | {"ordnungsamt-obdach": (*TEXTS["ordnungsamt-obdach"], "Obdachlosenunterkunft")}
    assert found(query, texts)[0] == first


@pytest.mark.parametrize("query", ["", "   ", "!?", "\u202e"])
def test_an_empty_search_shows_everything_in_order(query: str) -> None:
    assert found(query, TEXTS) == list(TEXTS)


@pytest.mark.parametrize("query", ["Raumschiff", "xqz", "bürgerbüro raumschiff"])
def test_what_is_not_there_is_not_found(query: str) -> None:
    """All words count: one that fits nothing finds nothing."""
    assert found(query, TEXTS) == []


def test_a_long_search_takes_no_longer() -> None:
    """What somebody pastes by mistake is cut."""
    assert found("bürgerbüro " * 10_000, TEXTS) == found("bürgerbüro", TEXTS)
