"""What the pages say of the code is so: links, commands, settings, jobs."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import typer

from bot.__main__ import app
from bot.jobs import JOBS
from bot.settings import PREFIX, Settings
from tests.architecture.tree import ROOT
from tests.docs.pages import Link, broken, links, pages, prose

DOCS = ROOT / "docs"
COMMANDS = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
NAMED = re.compile(r"(?:`|^ {4}.*?)(?:\S*/)?kurze-wege ([a-z]+)", re.MULTILINE)
ROW = re.compile(r"^\| `([^`]+)` \| ([^|]*?) \|", re.MULTILINE)


def table(page: str, name: str) -> dict[str, str]:
    """The first two columns of a marked table."""
    text = (DOCS / page).read_text("utf-8")
    return dict(
        ROW.findall(text.partition(f"<!-- {name}: begin -->")[2].partition(f"<!-- {name}: end -->")[0])
    )


def every(period: timedelta) -> str:
    """A period as the page writes it."""
    seconds = int(period.total_seconds())
    sizes = (("hour", 3600), ("minute", 60), ("second", 1))
    unit, size = next((unit, size) for unit, size in sizes if seconds % size == 0)
    count = seconds // size
    return f"{count} {unit}{'s' if count > 1 else ''}"


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    """To a file that is there, and to a heading that it has."""
    assert [told for link in links(page) if (told := broken(link))] == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_named_exists(page: Path) -> None:
    """In code within sentences and in lines to be typed."""
    assert set(NAMED.findall(page.read_text("utf-8"))) <= COMMANDS


def test_the_table_of_settings_is_whole() -> None:
    """One line for each field, and no line for a setting that is gone."""
    fields = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    assert set(table("install.md", "settings")) == fields


def test_no_page_names_a_setting_that_does_not_exist() -> None:
    """Those of the tests are named in the page for contributors."""
    fields = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    for page in DOCS.rglob("*.md"):
        named = set(re.findall(rf"{PREFIX}[A-Z_]*[A-Z]", page.read_text("utf-8")))
        assert {name for name in named - fields if "REWRITE" not in name and "TEST" not in name} == set(), (
            page.name
        )


def test_the_table_of_jobs_is_that_of_the_code() -> None:
    """Names and distances."""
    assert table("operations.md", "jobs") == {job.name: every(job.every) for job in JOBS}


@pytest.mark.parametrize("decision", sorted((DOCS / "decisions").glob("*.md")), ids=lambda page: page.stem)
def test_a_decision_has_its_form(decision: Path) -> None:
    """Number in name and title, a date, and the four headings; one page."""
    text = decision.read_text("utf-8")
    assert text.startswith(f"# {int(decision.name[:4])}. ")
    assert re.search(r"^\d{4}-\d\d-\d\d · \w+$", text, re.MULTILINE)
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings[:2] == ["Context", "Decision"]
    assert headings[2].lower().endswith(("turned down", "turned down and why"))
    assert headings[3:] == ["What follows"]
    assert len(text.splitlines()) <= 70


@pytest.mark.parametrize(
    ("target", "anchor", "told"),
    [
        pytest.param("gone.md", "", "there is no gone.md", id="a file that is not there"),
        pytest.param("install.md", "gone", "no heading #gone", id="a heading that is not there"),
        pytest.param("install.md", "4-the-settings", "", id="a heading that is there"),
    ],
)
def test_a_broken_link_is_noticed(target: str, anchor: str, told: str) -> None:
    """The check itself, on links that lead nowhere."""
    link = Link(page=DOCS / "security.md", target=DOCS / target, anchor=anchor)
    found = broken(link)
    assert told in found
    assert bool(found) == bool(told)


def test_code_is_no_prose() -> None:
    """What stands in a block of code is not taken for a link."""
    assert "proxy_pass" not in prose(DOCS / "install.md")
