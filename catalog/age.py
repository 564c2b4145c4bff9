"""Age bands as questionnaires name them, compared with an offer's ages; it asks nobody."""

import re

OLDEST = 120
CHILD_UP_TO = 21  # an offer that ends here is for children and youth; parents ask for it


def years(band: str | None) -> tuple[int, int] | None:
    """Lowest and highest age of "16_17", "under_16", "60_plus" or "34"; None if there is no number."""
    numbers = [int(number) for number in re.findall(r"\d{1,3}", (band or "")[:40])]
    if not numbers or band is None:
        return None
    if band.startswith(("under", "unter")):
        return 0, max(0, numbers[0] - 1)
    if len(numbers) == 1:
        return numbers[0], OLDEST if band.endswith(("plus", "over", "older", "+")) else numbers[0]
    return numbers[0], numbers[1]


def fits(band: tuple[int, int] | None, minimum: int | None, maximum: int | None) -> bool | None:
    """Whether everyone in the band may come (True), nobody (False), or it depends (None)."""
    low, high = minimum or 0, OLDEST if maximum is None else maximum
    if (low, high) == (0, OLDEST):
        return True
    if band is None:
        return None
    if band[1] < low or band[0] > high:
        return False
    return True if low <= band[0] and band[1] <= high else None
