"""Places of an Integreat city as drafts of entries; what Integreat does not know is left to a guide."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.files.entries import Entries
from bot.files.html_text import plain_text
from bot.files.integreat_place import draft_of
from bot.files.opening import refused
from bot.files.proposals import Propose, nothing

Object = Mapping[str, Any]

SOURCE = "integreat"
MOST_PLACES = 5000
GERMAN = "de"


def is_integreat(content: Any) -> bool:
    """Whether this is what `/locations`, `/places` or `/pages` of Integreat answer."""
    return isinstance(content, list) and bool(content) and all(_language(each) for each in content[:3])


def read_integreat(file: str, contents: Sequence[Any], propose: Propose = nothing) -> Entries:
    """One draft for each place; `contents` are the answers in any order, one or more for each language.

    Pages are read for their links: what a page that names a place is called helps to propose its needs.

    Raises:
        CatalogError: there are no places with a German text, or too many.
    """
    objects = [each for content in contents if isinstance(content, list) for each in content]
    places = _by_place(each for each in objects if isinstance(each, Mapping) and "location" in each)
    german = {key: texts for key, texts in places.items() if GERMAN in texts}
    if not german:
        raise refused(
            file, "has no places in German. Take /api/v3/<region>/de/locations, if need be besides."
        )
    if len(german) > MOST_PLACES:
        raise refused(file, f"has more than {MOST_PLACES} places. Take a smaller region.")
    linked = _links(each for each in objects if isinstance(each, Mapping) and "location" not in each)
    rows, remarks = [], []
    for key, texts in german.items():
        pages = linked.get(str(texts[GERMAN].get("path", "")).rstrip("/"), ())
        entry, told = draft_of(key, texts, pages, propose)
        rows.append(entry)
        remarks += told
    return Entries(
        file=file,
        rows=tuple(rows),
        remarks=(*remarks, *_untold(places.keys() - german.keys())),
        source=SOURCE,
        proposed=frozenset(row["id"] for row in rows),
    )


def _by_place(objects: Iterable[Object]) -> dict[str, dict[str, Object]]:
    """Each place with its texts by language; the number of the place is the same in all of them."""
    places: dict[str, dict[str, Object]] = {}
    for each in objects:
        location, language = each.get("location"), _language(each)
        number = location.get("id") if isinstance(location, Mapping) else None
        if language and isinstance(number, int) and not isinstance(number, bool):
            places.setdefault(f"{SOURCE}-{number}", {}).setdefault(language, each)
    return places


def _language(each: Any) -> str:
    """As the path of a place or page has it: /region/language/..."""
    path = each.get("path") if isinstance(each, Mapping) else None
    parts = path.strip("/").split("/") if isinstance(path, str) else []
    return parts[1].replace("-", "_")[:6] if len(parts) > 1 and "title" in each else ""


def _links(pages: Iterable[Object]) -> dict[str, list[tuple[str, str]]]:
    """Title and address of the German pages that link to a place, by the place's path."""
    found: dict[str, list[tuple[str, str]]] = {}
    for page in pages:
        content, path = page.get("content"), page.get("path")
        if _language(page) == GERMAN and isinstance(content, str) and isinstance(path, str):
            for target in dict.fromkeys(_targets(content)):
                found.setdefault(target, []).append((plain_text(str(page.get("title", ""))), path))
    return found


def _targets(content: str) -> Iterator[str]:
    """Paths of places that are linked to, however the address before them reads."""
    for part in content[:200_000].split('href="')[1:]:
        address = part.partition('"')[0]
        path = address.partition("://")[2].partition("/")[2] if "://" in address else address.lstrip("/")
        if "/locations/" in path or "/places/" in path:
            yield f"/{path.partition('?')[0].partition('#')[0].rstrip('/')}"


def _untold(keys: Iterable[str]) -> Iterator[str]:
    if names := sorted(keys):
        yield f"without a German text, and left out: {', '.join(names[:20])}"
