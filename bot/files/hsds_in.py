"""Services of Open Referral HSDS 3 as entries of the catalogue; it validates them and keeps nothing."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.files.entries import Entries
from bot.files.hsds_check import problems_of
from bot.files.hsds_entry import entry_of
from bot.files.hsds_foreign import draft_of
from bot.files.hsds_found import services_in
from bot.files.hsds_terms import own_fields
from bot.files.opening import refused
from bot.files.proposals import Propose, nothing
from catalog.needs import Problem

MOST_SERVICES = 5000
_NO_SERVICES = "has no services in it. Export services, or organizations with their services, in HSDS 3."


def read_hsds(path: Path, content: Any, propose: Propose = nothing) -> Entries:
    """The services of a page, a list, one object or a set of tables, each once.

    A service of our own export reads as what it was made of. Others become drafts, and remarks say so.

    Raises:
        CatalogError: there are none, or too many; what the schema says against them is in `problems`.
    """
    services = {str(each.get("id", number)): each for number, each in enumerate(services_in(content))}
    if not services:
        raise refused(path.name, _NO_SERVICES)
    if len(services) > MOST_SERVICES:
        raise refused(path.name, f"has more than {MOST_SERVICES} services. Split it.")
    rows: list[Mapping[str, Any]] = []
    problems: list[Problem] = []
    remarks: list[str] = []
    proposed: set[str] = set()
    for service in services.values():
        if found := list(problems_of(service, path.name, _named(service))):
            problems += found
        elif "id" in (ours := own_fields(service)):
            rows.append(entry_of(service, ours))
        else:
            entry, told = draft_of(service, propose)
            rows.append(entry)
            remarks += told
            proposed.add(entry["id"])
    return Entries(
        file=path.name,
        rows=tuple(rows),
        problems=tuple(problems),
        remarks=tuple(remarks),
        source="hsds",
        proposed=frozenset(proposed),
    )


def _named(service: Mapping[str, Any]) -> str:
    return str(service.get("name") or service.get("id") or "?")[:80]
