"""Which needs lie near which others, for one wider look where a town has nothing; it looks at no offers."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from catalog.needs import CatalogError, Problem, Taxonomy, packaged_taxonomy
from catalog.offers import read_toml
from catalog.row import did_you_mean

PACKAGED = Path(__file__).with_name("near.toml")

Near = Mapping[str, tuple[str, ...]]
"""Codes of needs by the code of one, the nearest first; a need without any is missing."""


def load_near(path: Path, taxonomy: Taxonomy) -> Near:
    """Raises CatalogError with every problem."""
    raw = read_toml(path)
    problems = [
        problem for code, near in raw.items() for problem in _problems(path.name, code, near, taxonomy)
    ]
    if problems:
        raise CatalogError(problems)
    return {code: tuple(near) for code, near in raw.items()}


@lru_cache(maxsize=1)
def packaged_near() -> Near:
    return load_near(PACKAGED, packaged_taxonomy())


def _problems(file: str, code: str, near: Any, taxonomy: Taxonomy) -> Iterator[Problem]:
    if not isinstance(near, list) or not all(isinstance(each, str) for each in near):
        yield Problem(file=file, entry=code, text='must be a list of needs such as ["housing.search"].')
        return
    for each in (code, *near):
        if each not in taxonomy.needs:
            yield Problem(
                file=file, entry=code, text=f"there is no need '{each}'.{did_you_mean(each, taxonomy.needs)}"
            )
    if code in near:
        yield Problem(file=file, entry=code, text="cannot be near itself. Remove it from its list.")
    for each in near:
        if each in taxonomy.needs and _careful(each, taxonomy):
            text = f"'{each}' is for a guide to name, and never a second look. Remove it."
            yield Problem(file=file, entry=code, text=text)


def _careful(code: str, taxonomy: Taxonomy) -> bool:
    need = taxonomy.needs[code]
    return need.domain == "emergency" or need.code == "family.violence"
