"""A real town's files must have nothing left of the fictional town, and a file that is no TOML says where."""

import shutil
from pathlib import Path

import pytest

from catalog.leftovers import leftovers_on
from catalog.municipality import MUNICIPALITIES, load_municipality
from catalog.needs import CatalogError
from catalog.offers import read_toml


def test_a_copy_of_the_fictional_town_is_refused_with_every_leftover_at_once(tmp_path: Path) -> None:
    shutil.copytree(MUNICIPALITIES, tmp_path / "towns")
    town = tmp_path / "towns" / "erlenfels"
    file = town / "municipality.toml"
    file.write_text(file.read_text("utf-8").replace("fictional = true", "fictional = false"), "utf-8")
    with pytest.raises(CatalogError) as caught:
        load_municipality(town)
    told = str(caught.value)
    for line in (
        "erlenfels/municipality.toml, entry 'erlenfels', field 'postal_codes': '65999' is",
        "erlenfels/municipality.toml, entry 'erlenfels', field 'guide.mobile': '+49 176 04069012' is",
        "offers.toml, entry 'buergerbuero-erlenfels', field 'phone': '+49 69 90009101' is",
        "hintertaunus.toml, entry 'abh-hintertaunus', field 'phone': ",
        "hessen.toml, entry 'psz-region', field 'phone': ",
        "erlenfels/imprint.de.md, entry 'line 3': this sentence says that the page is a demonstration.",
        "erlenfels/imprint.en.md, entry 'line 3': this sentence says that the page is a demonstration.",
        "erlenfels/accessibility.de.md, entry 'line 23': 'barrierefrei@erlenfels.example.org' is",
    ):
        assert line in told, line


@pytest.mark.parametrize(
    "written",
    [
        "069 90009000",
        "+49 69 90009-999",
        "0049 69 / 90009 123",
        "(069) 90009456",
        "0176 04069012",
        "+49 176 040690 99",
        "mail@town.example.org",
        "https://example.org/x",
        "65999 Erlenfels",
    ],
)
def test_what_was_invented_for_the_demo_is_found_however_it_is_written(written: str) -> None:
    (problem,) = leftovers_on("imprint.de.md", f"# Impressum\n\nSo erreichen Sie uns: {written}.\n")
    assert (problem.file, problem.entry) == ("imprint.de.md", "line 3")
    assert "real" in problem.text


@pytest.mark.parametrize(
    "written",
    [
        "069 90010000",
        "069 900090001",
        "0176 04068012",
        "mail@counterexample.org.de",
        "165999",
        "2026-11-23",
        "112",
    ],
)
def test_what_a_real_town_has_is_left_alone(written: str) -> None:
    assert list(leftovers_on("imprint.de.md", f"So: {written}.")) == []


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('[[offer]]\nid = "a"\nname = Café\n', "(at line 3, column 8), beneath [[offer]] in line 1."),
        ('[[offer]]\nid = "a"\nneeds = ["b",\n\n[[offer]]\nid = "c"\n', "beneath [[offer]] in line 1."),
        (
            '[[offer]]\nid = "a"\n\n[[offer]]\nid = "c"\nneeds = ["b",\n',
            "not closed before the end of the file (line 6), beneath [[offer]] in line 4.",
        ),
        ("name = ", "this is not readable as TOML: Invalid value"),
    ],
    ids=["a wrong value", "a bracket left open before an entry", "one left open at the end", "no heading"],
)
def test_what_is_no_toml_is_told_with_line_and_heading(tmp_path: Path, text: str, where: str) -> None:
    file = tmp_path / "offers.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(CatalogError) as caught:
        read_toml(file)
    assert where in str(caught.value)
