"""`kurze-wege export` and `kurze-wege import --from`: out of a running catalogue, and into it again."""

import csv
import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.demo_house import demo_settings
from bot.wiring import MUNICIPALITIES
from storage.catalogue import Change
from storage.database import Database
from storage.keys import Keys
from storage.writer import Writer
from tests.bot.files.integreat import place
from tests.bot.files.offers import row, sheet
from tests.bot.real_town import fault, make_town, told
from tests.catalog.town import erlenfels


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make_town(tmp_path, monkeypatch)
    told("import")
    return folder


def history(data: Path, offer: str) -> list[tuple[str, str, bool]]:
    """Who changed the entry, why, and whether it is withdrawn since, the newest first."""
    writer = Writer(Database.open(None, data), Keys.from_town_key(bytes(range(32))))
    try:
        versions = writer.run("erlenfels", lambda store: store.catalogue.history(offer))
    finally:
        writer.close()
    return [(version.by, version.why, version.withdrawn) for version in versions]


def withdraw(data: Path, offer: str) -> None:
    """As a guide does at the desk."""
    change = Change(by="gabi", why="ended", at=datetime.now(UTC))
    writer = Writer(Database.open(None, data), Keys.from_town_key(bytes(range(32))))
    try:
        assert writer.run("erlenfels", lambda store: store.catalogue.withdraw(offer, change))
    finally:
        writer.close()


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("name", ["offers.xlsx", "offers.csv"])
def test_what_was_exported_changes_nothing_when_it_is_imported(tmp_path: Path, name: str) -> None:
    """Not even if the file is taken to be complete."""
    assert "34 entries written" in told("export", "--to", tmp_path / name)
    done = told("import", "--from", tmp_path / name, "--complete")
    assert "0 new, 0 changed, 0 withdrawn, 34 as before" in done


@pytest.mark.usefixtures("town")
def test_a_file_is_taken_once_and_the_dry_run_takes_nothing(tmp_path: Path) -> None:
    """New and changed entries are told apart, and an id is made of the name only once."""
    file = sheet(tmp_path / "new.csv", row(Kennung="", Name="Nähtreff"), row(Kennung="fahrradwerkstatt"))
    looked = told("import", "--from", file, "--dry-run")
    assert "1 would be new, 1 would be changed, 0 would be withdrawn, 0 as before" in looked
    taken = told("import", "--from", file)
    assert "1 new, 1 changed, 0 withdrawn, 0 as before" in taken
    assert "new: naehtreff" in taken
    assert "changed: fahrradwerkstatt" in taken
    assert "row 2 had no id and is 'naehtreff' now" in taken
    assert "0 new, 0 changed, 0 withdrawn, 2 as before" in told("import", "--from", file)
    assert history(tmp_path / "data", "naehtreff") == [("import", "imported from new.csv", False)]


@pytest.mark.usefixtures("town")
def test_what_a_file_does_not_name_stays_unless_it_is_complete(tmp_path: Path) -> None:
    """And then it is named, and kept as a version."""
    file = sheet(tmp_path / "one.csv", row(Kennung="fahrradwerkstatt"))
    left = told("import", "--from", file)
    assert "not in the file and left as they are (--complete withdraws them): " in left
    assert "buergerbuero-erlenfels" in left
    gone = told("import", "--from", file, "--complete")
    assert "33 withdrawn" in gone
    assert "buergerbuero-erlenfels" in gone.partition("withdrawn: ")[2]
    assert history(tmp_path / "data", "buergerbuero-erlenfels")[0] == (
        "import",
        "imported from one.csv",
        True,
    )
    assert "0 new, 0 changed, 0 withdrawn, 1 as before" in told("import", "--from", file, "--complete")


@pytest.mark.usefixtures("town")
def test_a_file_without_entries_never_withdraws_the_whole_town(tmp_path: Path) -> None:
    file = sheet(tmp_path / "empty.csv")
    assert "has no entries. Leave out --complete" in fault("import", "--from", file, "--complete")
    assert "34 entries written" in told("export", "--to", tmp_path / "after.csv")
    assert "0 new, 0 changed, 0 withdrawn" in told("import", "--from", file)


@pytest.mark.usefixtures("town")
def test_one_bad_row_and_nothing_of_the_file_is_taken(tmp_path: Path) -> None:
    file = sheet(tmp_path / "half.csv", row(Kennung="gut"), row(Kennung="schlecht", Art="Quatsch"))
    assert 'half.csv, row 3, column "Art"' in fault("import", "--from", file)
    assert "34 entries written" in told("export", "--to", tmp_path / "after.csv")
    assert "gut;" not in (tmp_path / "after.csv").read_text("utf-8")


@pytest.mark.usefixtures("town")
def test_a_check_of_a_day_to_come_is_not_taken(tmp_path: Path) -> None:
    """A year that was mistyped would count as fresh for all that time."""
    tomorrow = datetime.now(UTC) + timedelta(days=2)
    file = sheet(tmp_path / "x.csv", row(Geprüft=f"{tomorrow:%d.%m.%Y}"))
    assert 'row 2, column "Geprüft am"' in fault("import", "--from", file)
    assert "lies in the future" in fault("import", "--from", file)


def test_a_first_import_also_takes_what_the_towns_own_files_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or the first start after it would find a catalogue and never read them."""
    make_town(tmp_path, monkeypatch)
    assert "34 entries written" in told("export", "--to", tmp_path / "before.csv")
    assert "1 new" in told("import", "--from", sheet(tmp_path / "new.csv", row(Kennung="neu")))
    assert "35 entries written" in told("export", "--to", tmp_path / "after.csv")


def test_an_import_into_the_fictional_town_says_that_it_will_not_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_town(tmp_path, monkeypatch)
    monkeypatch.setenv("KURZE_WEGE_TOWNS", str(MUNICIPALITIES / "erlenfels"))
    assert "its own files win at the next start" in told("import", "--from", sheet(tmp_path / "x.csv", row()))


def test_the_demo_s_data_go_out_and_come_in_without_any_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TOWNS", "TOWN_KEY", "DATA_DIR"):
        monkeypatch.delenv(f"KURZE_WEGE_{name}", raising=False)
    settings, key, folder = demo_settings(tmp_path / "demo")
    Writer(Database.open(None, settings.data_dir), Keys.from_town_key(key)).close()
    of_demo = ("--demo", "--data-dir", folder)
    out = tmp_path / "out.csv"
    assert "entries written" in told("export", "--to", out, *of_demo)
    assert "0 new, 0 changed, 0 withdrawn" in told("import", "--from", out, *of_demo)
    new = sheet(tmp_path / "new.csv", row(Kennung="neu"))
    assert "1 would be new" in told("import", "--from", new, "--dry-run", *of_demo)
    assert "1 new" in told("import", "--from", new, *of_demo)
    told("export", "--to", out, *of_demo)
    assert "neu;" in out.read_text("utf-8")


@pytest.mark.usefixtures("town")
def test_an_entry_that_stands_before_a_shared_one_is_told(tmp_path: Path) -> None:
    """Else a guide wonders why the district's corrections no longer arrive."""
    name = next(offer.id for offers in erlenfels().shared.values() for offer in offers)
    file = sheet(tmp_path / "x.csv", row(Kennung=name))
    assert f"'{name}' is shared with other towns" in told("import", "--from", file)


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("import", "--complete"), "belong to --from"),
        (("import", "--demo"), "belong to --from"),
        (("import", "--from", "nowhere.csv"), "nowhere.csv, entry 'whole file': is not there"),
        (("export", "--to", "offers.pdf"), "ends in '.pdf'. Save it as one of: .xlsx, .csv, .json"),
        (("export", "--to", "offers.json", "--template"), "--template makes an .xlsx or .csv"),
        (("import", "--from", "https://a.test/api/v3/x/de/locations"), "KURZE_WEGE_INTEGREAT_HOSTS"),
        (("import", "--from", "https://[x/api/v3/x/de/locations"), "is no address"),
        (("import", "--from", "https://a.test/x", "--from", "x.json"), "An address stands alone"),
        (("import", "--from", "x.json", "--from", "https://a.test/x"), "An address stands alone"),
        (("import", "--from", "https://a.test/x"), "Write https://<host>/api/v3/<region>/de/locations."),
        (("export", "--to", "/nowhere/offers.csv"), "cannot be written"),
        (("export", "--to", "x.csv", "--town", "atlantis"), "There are: erlenfels"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_says_why(arguments: tuple[str, ...], text: str) -> None:
    assert text in fault(*arguments)


def test_with_several_towns_the_town_must_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_town(tmp_path, monkeypatch)
    other = folder.parent / "anderswo"
    shutil.copytree(folder, other)
    file = other / "municipality.toml"
    file.write_text(file.read_text("utf-8").replace('id = "erlenfels"', 'id = "anderswo"'), "utf-8")
    monkeypatch.setenv("KURZE_WEGE_TOWNS", f"{folder},{other}")
    assert "There are: erlenfels, anderswo" in fault("export", "--to", tmp_path / "x.csv")
    assert "34 entries" in told("export", "--to", tmp_path / "x.csv", "--town", "anderswo")


@pytest.mark.usefixtures("town")
def test_hsds_goes_out_and_comes_back_without_a_change(tmp_path: Path) -> None:
    told("export", "--to", tmp_path / "offers.json")
    assert "0 new, 0 changed, 0 withdrawn, 34 as before" in told(
        "import", "--from", tmp_path / "offers.json", "--complete"
    )


def answers(folder: Path, *places: dict[str, Any], name: str = "de.json") -> Path:
    (folder / name).write_text(json.dumps(places), "utf-8")
    return folder / name


@pytest.mark.usefixtures("town")
def test_places_of_integreat_come_in_as_drafts_once(tmp_path: Path) -> None:
    """With proposed needs, in several languages, and the same again changes nothing."""
    german = answers(
        tmp_path, place(1, category=None), place(2, title="Zackzack", category=None, content="", excerpt="")
    )
    english = answers(tmp_path, place(1, "en"), name="en.json")
    done = told("import", "--from", german, "--from", english)
    assert "2 new, 0 changed" in done
    assert "2 are drafts that nobody is shown: fill in needs, body and kind" in done
    assert "for these no need could be proposed: integreat-2" in done
    assert "not in the file" not in done
    assert "0 new, 0 changed, 0 withdrawn, 2 as before" in told("import", "--from", german, "--from", english)
    told("export", "--to", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        (line,) = [line for line in csv.DictReader(file, delimiter=";") if line["Kennung"] == "integreat-1"]
    assert line["Stand"] == "Entwurf (wird noch nicht gezeigt)"
    assert "[lang." in line["Bedarf 1"]


@pytest.mark.usefixtures("town")
def test_what_a_guide_has_worked_on_is_not_gone_over_by_the_next_import(tmp_path: Path) -> None:
    """An untouched draft is renewed; what is gone at the source is named and left."""
    told("import", "--from", answers(tmp_path, place(1), place(2), place(3)))
    told("import", "--from", sheet(tmp_path / "done.csv", row(Kennung="integreat-1")))
    again = told("import", "--from", answers(tmp_path, place(1), place(2, title="Neu")))
    assert "0 new, 1 changed, 0 withdrawn, 0 as before" in again
    assert "changed: integreat-2" in again
    assert "worked on or withdrawn here since, and left as they are: integreat-1" in again
    assert "not in the file and left as they are (--complete withdraws them): integreat-3" in again
    assert history(tmp_path / "data", "integreat-2")[0][0] == "import integreat"


@pytest.mark.usefixtures("town")
def test_what_a_guide_has_withdrawn_does_not_come_back_with_the_next_import(tmp_path: Path) -> None:
    source = answers(tmp_path, place(1), place(2))
    told("import", "--from", source)
    withdraw(tmp_path / "data", "integreat-1")
    again = told("import", "--from", source)
    assert "0 new, 0 changed, 0 withdrawn, 1 as before" in again
    assert "withdrawn here since, and left as they are: integreat-1" in again
    assert history(tmp_path / "data", "integreat-1")[0] == ("gabi", "ended", True)


@pytest.mark.usefixtures("town")
def test_drafts_from_elsewhere_never_withdraw_all_else(tmp_path: Path) -> None:
    assert "Leave out --complete" in fault("import", "--from", answers(tmp_path, place()), "--complete")


@pytest.mark.usefixtures("town")
def test_files_of_two_kinds_are_not_taken_together(tmp_path: Path) -> None:
    other = sheet(tmp_path / "x.csv", row())
    assert "is of another format" in fault("import", "--from", answers(tmp_path, place()), "--from", other)
    assert "is one too many" in fault("import", "--from", other, "--from", other)
