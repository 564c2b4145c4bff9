"""How much memory the product holds; the bounds leave room, docs/performance.md has the figures."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

from tests.e2e.people import HANDOVER, QUESTIONS, TO_CONSENT, Newcomer
from tests.e2e.product import Product

WITH_BOTH_LIBRARIES = (sys.executable, str(Path(__file__).with_name("demo_with_both_libraries.py")))


def resident(product: Product) -> float:
    """MB of memory that the running product holds."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{product.pid}/status").read_text("ascii"))
    assert found
    return int(found[1]) / 1024


def test_the_idle_demo_holds_less_than_150_mb(product: Product, newcomer: Callable[[], Newcomer]) -> None:
    product.start()
    newcomer().open()
    assert 50 < resident(product) < 150


def test_with_both_libraries_and_people_it_holds_less_than_200_mb(
    product: Product, newcomer: Callable[[], Newcomer]
) -> None:
    """It may be 260; without `models_built_when_used` it would be 250."""
    product.start(WITH_BOTH_LIBRARIES)
    for _ in range(5):
        person = newcomer()
        person.tap(*TO_CONSENT, *QUESTIONS, *HANDOVER)
    assert 50 < resident(product) < 200
