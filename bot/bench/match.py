"""How fast and how surely an offer is found by a misspelt name, beside three plain ways, in one run.

The catalogue is made up from word lists by a fixed seed; every way searches the same texts. It measures the
search by name. How well what people say is understood stands in `bot.bench.quality`.
"""

import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

import numpy as np
from rapidfuzz import fuzz, process

from bot.bench.held_up import held_up
from bot.bench.quality import development
from bot.wiring import DEMO_TOWN, load_speech
from catalog.index import Index
from catalog.municipality import load_municipality
from catalog.needs import packaged_taxonomy
from catalog.normalise import normalise
from catalog.offer import Area, Kind, Offer, Status
from catalog.offer_search import OfferSearch
from catalog.understanding import understand

SEED = 20261125
WRONG = 0.1  # share of letters left out, changed or put in
QUESTIONS, SLOW_QUESTIONS = 300, 30
FIRST = 3
SIZES = (300, 10_000)  # offers of a town, and of far more than a town has
LETTERS = "abcdefghijklmnopqrstuvwxyzäöü"
WHAT = (
    "Deutschkurs Sprachcafé Beratung Treffpunkt Frauencafé Hausaufgabenhilfe Kleiderkammer "
    "Fahrradwerkstatt Möbelbörse Sportgruppe Elterncafé Jugendtreff Schwimmkurs Lesekreis "
    "Nähwerkstatt Kochgruppe Musikschule Mieterberatung Schuldnerberatung Bewerbungshilfe "
    "Familienpatenschaft Hebammensprechstunde Tafelausgabe Sprachpatenschaft Computerkurs "
    "Krabbelgruppe Rechtsberatung Formularhilfe Dolmetscherdienst Ferienspiele "
)
FOR_WHOM = (
    *("für Anfänger", "für Fortgeschrittene", "für Frauen", "für Männer", "für Kinder", "für Jugendliche"),
    *(
        "für Familien",
        "für ältere Menschen",
        "am Vormittag",
        "am Abend",
        "mit Kinderbetreuung",
        "am Wochenende",
    ),
)
WHERE = (
    "Lindenhof Nordstadt Mühlental Waldsiedlung Neubrück Steinbach Oberhain Bahnhofsviertel "
    "Schlosspark Feldstraße Ringallee Talweg Kirchplatz Marktplatz Rathaus Gemeindezentrum "
    "Stadtbücherei Turnhalle Kulturscheune Freibad Christuskirche Brückenhaus Eichenhain "
    "Sonnenberg Rosengarten Altstadt Südstadt Weststadt Hafenstraße Bergstraße "
)
ABOUT = (
    *("Ohne Anmeldung, kommen Sie einfach vorbei.", "Bitte melden Sie sich vorher telefonisch an."),
    *("Wir sprechen auch Arabisch und Ukrainisch.", "Die Teilnahme ist kostenlos und freiwillig."),
    *("Ein Angebot von Ehrenamtlichen für alle, die neu in der Stadt sind.", "Kinder sind willkommen."),
)

Way = Callable[[str], Sequence[int]]
"""From a question to the numbers of the first three offers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """`seconds` by question; `right`: the share whose offer is among the first three."""

    name: str
    seconds: tuple[float, ...]
    right: float

    def told(self, ours: float) -> str:
        middle = statistics.median(self.seconds)
        late = sorted(self.seconds)[int(0.99 * (len(self.seconds) - 1))]
        times = f"{middle * 1e3:9.2f} ms  {late * 1e3:9.2f} ms  {middle / ours:7.1f}"
        return f"{self.name:<34} {times}   {self.right:.2f}"


def measure(sizes: Sequence[int]) -> Iterator[str]:
    """Lines of a table for each size of catalogue, then the time of a whole message."""
    for size in sizes:
        yield f"{size} offers, names with {WRONG:.0%} of the letters wrong"
        yield f"{'':34} {'median':>12}  {'99 of 100':>12}  {'x ours':>7}   right among {FIRST}"
        dice = seeded()
        offers = made_up(size, dice)
        asked = [
            (n, misspelt(offers[n].name["de"], dice)) for n in dice.sample(range(size), min(size, QUESTIONS))
        ]
        measured = [
            _measured(name, way, asked[:SLOW_QUESTIONS] if slow else asked)
            for name, way, slow in _ways(offers)
        ]
        yield from (each.told(statistics.median(measured[0].seconds)) for each in measured)
    yield from _messages(sizes)


def seeded() -> random.Random:
    return random.Random(SEED)  # noqa: S311 (no secret)


def made_up(size: int, dice: random.Random) -> list[Offer]:
    parts = product(WHAT.split(), FOR_WHOM, WHERE.split())
    names = [" ".join(part) for part in parts]
    dice.shuffle(names)
    first = Offer(
        id="",
        kind=Kind.OFFER,
        status=Status.ACTIVE,
        name={},
        description={},
        needs=("social.contacts",),
        body="guide",
        organization="Stadt Erlenfels",
        service_area=Area.MUNICIPALITY,
        assured_date=date(2026, 11, 1),
    )
    return [
        replace(
            first, id=f"offer-{n}", name={"de": name}, description={"de": " ".join(dice.sample(ABOUT, 2))}
        )
        for n, name in enumerate(names[:size])
    ]


def misspelt(text: str, dice: random.Random) -> str:
    """With WRONG of its letters left out, changed or with another one before them."""
    return "".join(_wrong(each, dice) if dice.random() < WRONG else each for each in text)


def _wrong(letter: str, dice: random.Random) -> str:
    other = dice.choice(LETTERS)
    return dice.choice(("", other, other + letter))


def _ways(offers: Sequence[Offer]) -> Iterator[tuple[str, Way, bool]]:
    texts = [f"{normalise(o.name['de'])} {normalise(o.description['de'])}" for o in offers]
    search = OfferSearch.build(offers)
    number = {offer.id: n for n, offer in enumerate(offers)}
    yield "this project", lambda text: [number[f.offer] for f in search.find(text, "de")], False

    def compared(text: str) -> list[int]:
        found = process.extract(normalise(text), texts, scorer=fuzz.WRatio, limit=FIRST)
        return [place for _, _, place in found]

    yield "rapidfuzz.process.extract(WRatio)", compared, True
    yield "SQLite FTS5, trigrams", _full_text(texts), False
    yield "TF-IDF over letters, whole matrix", _tfidf(texts), False


def _full_text(texts: Sequence[str]) -> Way:
    memory = sqlite3.connect(":memory:")
    memory.execute("CREATE VIRTUAL TABLE offers USING fts5(text, tokenize='trigram')")
    memory.executemany("INSERT INTO offers (rowid, text) VALUES (?, ?)", enumerate(texts))

    def way(text: str) -> list[int]:
        asked = normalise(text)
        runs = dict.fromkeys(asked[n : n + 3] for n in range(len(asked) - 2))
        anything = " OR ".join(f'"{run}"' for run in runs)
        found = "SELECT rowid FROM offers WHERE offers MATCH ? ORDER BY rank LIMIT ?"
        return [row[0] for row in memory.execute(found, (anything, FIRST))]

    return way


def _tfidf(texts: Sequence[str]) -> Way:
    """The usual recipe: runs of three letters, inverse frequencies, one product with the whole matrix."""
    runs = sorted({text[n : n + 3] for text in texts for n in range(len(text) - 2)})
    column = {run: n for n, run in enumerate(runs)}
    matrix = np.zeros((len(texts), len(runs)), np.float32)
    for row, text in enumerate(texts):
        for n in range(len(text) - 2):
            matrix[row, column[text[n : n + 3]]] += 1
    matrix *= np.log((1 + len(texts)) / (1 + (matrix > 0).sum(axis=0))) + 1
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)

    def way(text: str) -> list[int]:
        asked = normalise(text)
        known = [column[run] for n in range(len(asked) - 2) if (run := asked[n : n + 3]) in column]
        likeness = matrix[:, known].sum(axis=1)
        return [int(place) for place in np.argsort(-likeness)[:FIRST]]

    return way


def _measured(name: str, way: Way, asked: Sequence[tuple[int, str]]) -> Measured:
    way(asked[0][1])  # the first one pays for what is made once
    seconds: list[float] = []
    right = 0
    for number, text in asked:
        started = time.perf_counter()
        found = way(text)
        seconds.append(time.perf_counter() - started)
        right += number in found
    return Measured(name=name, seconds=tuple(seconds), right=right / len(asked))


def _messages(sizes: Sequence[int]) -> Iterator[str]:
    """The time of a whole message, all languages at hand, with the demo town's offers and with many."""
    speech = load_speech(packaged_taxonomy())
    said = [(row.text, row.language) for row in development()]
    catalogues = [("the demo town", load_municipality(DEMO_TOWN).offers)]
    catalogues += [(f"{size} offers", tuple(made_up(size, seeded()))) for size in sizes]
    for name, offers in catalogues:
        index = Index.build(speech, offers)
        spent = sorted(_spent(index, text, language) for text, language in said)
        middle, late = spent[len(spent) // 2], spent[int(0.99 * (len(spent) - 1))]
        yield (
            f"a message, {len(speech.tongues)} languages, {name}: median {middle * 1e3:.2f} ms, "
            f"99 of 100 {late * 1e3:.2f} ms, longest {spent[-1] * 1e3:.2f} ms ({len(spent)} messages)"
        )
        waits = held_up(index, said)
        late = waits[int(0.99 * (len(waits) - 1))]
        yield (
            f"  beside it the event loop comes late: 99 of 100 times by {late * 1e3:.2f} ms, at most by "
            f"{waits[-1] * 1e3:.2f} ms"
        )


def _spent(index: Index, text: str, language: str) -> float:
    started = time.perf_counter()
    understand(index, text, language)
    return time.perf_counter() - started
