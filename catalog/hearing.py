"""Which words of the calls a message contains: as they are, misspelt, inflected, run together or torn."""

from collections.abc import Iterator, Sequence

from catalog.calls import START, Calls, Heard, pairs, slipped

FORM = 0.85  # likeness of another form of a word
PART = 0.8  # likeness of a word that is part of a longer one
SAME_START = 0.7  # share of the longer word that two forms of a word have in common
COMPOUND = 5  # letters of a word found inside a longer one


def heard(calls: Calls, written: Sequence[str]) -> Heard:
    """Known words with the places where they were said, and how surely."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(written):
        places.setdefault(word, []).append(place)
    found: dict[str, dict[int, float]] = {}
    for word, at in places.items():
        for known, likeness in _meant(calls, word):
            of_known = found.setdefault(known, {})
            for place in at:
                of_known[place] = max(likeness, of_known.get(place, 0.0))
    for place, joined, _ in pairs(written):
        for known, likeness in _torn(calls, joined):
            of_known = found.setdefault(known, {})
            # "stroke i" is no worse a "stroke" for "strokei" being one with a slip
            if likeness > max(of_known.get(each, 0.0) for each in (place, place + 1)):
                of_known.update({place: likeness, place + 1: likeness})
    return found


def _meant(calls: Calls, word: str) -> Iterator[tuple[str, float]]:
    if word in calls.words:
        yield word, 1.0
    if word in calls.hollow:
        return
    yield from _relatives(calls, word)
    if word not in calls.words:
        yield from slipped(calls, word)


def _torn(calls: Calls, joined: str) -> Iterator[tuple[str, float]]:
    if joined in calls.words:
        yield joined, 1.0
    yield from slipped(calls, joined)


def _relatives(calls: Calls, word: str) -> Iterator[tuple[str, float]]:
    """Other forms of the word, and words that it is put together from."""
    if len(word) < START:
        return
    for known in calls.starting(word[:START]):
        if known != word and _common_start(word, known) >= SAME_START * max(len(word), len(known)):
            yield known, FORM
    for start in range(len(word)):
        for end in range(start + COMPOUND, len(word) + 1):
            if end - start < len(word) and word[start:end] in calls.words:
                yield word[start:end], PART


def _common_start(one: str, other: str) -> int:
    length = min(len(one), len(other))
    return next((place for place in range(length) if one[place] != other[place]), length)
