"""The catalogue as a spreadsheet at the desk: nothing is taken in but what was looked at."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.catalogue_sheet import GONE, LONGEST_WHY, MOVED, UNSURE, UNSURE_OF_COLUMNS, SheetDesk
from bot.catalogue_sheet_shelf import MINUTES
from bot.catalogue_sheet_views import SheetLook, SheetTaken, SheetWish
from bot.catalogue_steps import NO_WHY
from bot.house import House
from casework.team import Role
from tests.bot.files.offers import HEADS, row, sheet
from tests.bot.keeper import OFFICE, PHONE, history, live, saved
from tests.bot.people import Worker, joined
from tests.bot.sheet_at_the_desk import CHANGED, WHY, Sheet
from tests.doors import Clock


@pytest.fixture
def table(guide: Worker) -> Sheet:
    return Sheet(guide)


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., bytes]:
    def make(*rows: list[str], heads: Any = ()) -> bytes:
        return sheet(tmp_path / "x.csv", *rows, heads=heads).read_bytes()

    return make


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_went_out_changes_nothing_when_it_comes_in(table: Sheet, form: str) -> None:
    """Not even if the table is taken to be complete."""
    look = table.look(table.out(form), f"angebote.{form}", complete=True)
    assert (look.changes, look.same, look.absent, look.unfit, look.key) == (0, 34, (), 0, "")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_template_holds_nothing_but_the_example(table: Sheet, form: str) -> None:
    look = table.look(table.out(form, template=True), f"vorlage.{form}")
    assert (look.changes, look.same, len(look.absent)) == (0, 0, 34)
    assert look.remarks == ("Zeile 2 ist das Beispiel der Vorlage und bleibt weg.",)


def test_looking_says_what_would_change_and_changes_nothing(table: Sheet, made: Callable[..., bytes]) -> None:
    before = table.entries()
    look = table.look(made(row(Kennung="", Name="Nähtreff"), row(Kennung=OFFICE, Name="Rathaus")))
    assert [entry.name for entry in look.new] == ["Nähtreff"]
    assert [entry.name for entry in look.changed] == ["Rathaus"]
    names = {each.label: (each.before, each.after) for each in look.changed[0].differences}
    assert names["Name (Deutsch)"] == ("Bürgerbüro Erlenfels", "Rathaus")
    assert (len(look.absent), look.withdrawn) == (33, ())
    assert look.remarks == ("Zeile 2 hatte keine Kennung und bekommt diese: naehtreff.",)
    assert table.entries() == before


def test_what_is_lost_because_a_column_is_not_there_is_said_first(
    table: Sheet, made: Callable[..., bytes]
) -> None:
    """Who sends only what is to change would else empty all other cells."""
    look = table.look(made(row(Kennung=OFFICE, Name="Rathaus")))
    assert {"Telefon", "Öffnungszeiten", "Name (ar)"} <= set(look.lost)
    whole = table.out("csv").decode("utf-8-sig").replace("Bürgerbüro Erlenfels", "Rathaus")
    assert table.look(whole.encode()).lost == ()


def test_what_columns_held_falls_away_only_with_a_tick(table: Sheet, made: Callable[..., bytes]) -> None:
    before = table.entries()
    again = table.take(table.look(made(row(Kennung=OFFICE, Name="Rathaus"))).key, lose=False)
    assert isinstance(again, SheetLook)
    assert (again.notice, table.entries()) == (UNSURE_OF_COLUMNS, before)
    assert table.take(again.key, lose=True) == SheetTaken(changed=1)


def test_what_was_looked_at_is_taken_in_as_versions_by_the_guide(
    table: Sheet, guide: Worker, made: Callable[..., bytes]
) -> None:
    """Newcomers see it at once, and the same table once more changes nothing."""
    content = made(row(Kennung="", Name="Nähtreff"), row(Kennung=OFFICE, Name="Rathaus"))
    assert table.take(table.look(content).key) == SheetTaken(new=1, changed=1)
    assert live(guide).name == {"de": "Rathaus"}
    assert live(guide, "naehtreff").organization == "Verein"
    newest = history(guide).states[0]
    assert (newest.by, newest.why) == ("Gül Aydın", f"{WHY} (aus angebote.csv)")
    assert newest.at == "23.11.2026, 10:00"
    again = table.look(content)
    assert (again.changes, again.same, again.key) == (0, 2, "")


def test_every_problem_is_told_in_german_with_its_place(table: Sheet, made: Callable[..., bytes]) -> None:
    heads = [*HEADS, "Geprüft am", "Telefonn", "Öffnungszeiten", "PLZ"]
    bad = [*row(Art="Angebott", Geprüft="24.11.2026"), "x", "Mo-Fr 08:00-12:00; Th 14:00-18:00", "65998"]
    look = table.look(made(bad, heads=[f'"{head}"' for head in heads]).replace(b"Mo-Fr", b'"Mo-Fr').replace(
        b"18:00;", b'18:00";'))  # fmt: skip
    told = {problem.place: problem.text for problem in look.problems}
    assert set(told) == {
        "Zeile 1, Spalte „Telefonn“",
        "Zeile 2, Spalte „Art“",
        "Zeile 2, Spalte „Geprüft am“",
        "Zeile 2, Spalte „Öffnungszeiten“",
    }
    assert told["Zeile 1, Spalte „Telefonn“"].startswith(
        "Diese Überschrift kennen wir nicht. Meinten Sie „Tel"
    )
    assert told["Zeile 2, Spalte „Art“"] == "„Angebott“ gibt es hier nicht. Meinten Sie „Angebot“?"
    assert told["Zeile 2, Spalte „Geprüft am“"].startswith("24.11.2026 kommt erst noch.")
    assert "am Donnerstag ein Teil der Zeit geschlossen" in told["Zeile 2, Spalte „Öffnungszeiten“"]
    assert (look.unfit, look.key, look.changes) == (4, "", 0)


def test_a_column_that_the_file_does_not_have_is_told_by_its_head(
    table: Sheet, made: Callable[..., bytes]
) -> None:
    look = table.look(made([*row(), "Am Markt 1"], heads=[*HEADS, "Geprüft am", "Straße und Hausnummer"]))
    assert [problem.place for problem in look.problems] == ["Zeile 2, Spalte „PLZ“", "Zeile 2, Spalte „Ort“"]


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("x.ods", b"x", "Speichern Sie die Tabelle als .xlsx oder .csv."),
        ("x", b"x", "Speichern Sie die Tabelle als .xlsx oder .csv."),
        ("x.json", b"[]", "Speichern Sie die Tabelle als .xlsx oder .csv."),
        ("x.csv", b"", "Die Datei ist leer."),
        ("x.xlsx", b"PK\x03\x04", "speichern Sie sie neu als .xlsx"),
        ("x.XLSX", b"x", "speichern Sie sie neu als .xlsx"),
        ("x.csv", b"a" * 10_000_001, "größer als 10 MB"),
        ("x.csv", "Café".encode("cp1252"), "CSV UTF-8"),
    ],
    ids=["ods", "no ending", "json", "empty", "broken", "capitals", "large", "encoding"],
)
def test_a_file_that_cannot_be_read_says_why(table: Sheet, name: str, raw: bytes, said: str) -> None:
    look = table.look(raw, name)
    (problem,) = look.problems
    assert (problem.place, look.key) == ("Die Datei", "")
    assert said in problem.text


def test_of_very_many_problems_the_first_are_told_and_all_are_counted(
    table: Sheet, made: Callable[..., bytes]
) -> None:
    look = table.look(made(*(row(Kennung=f"k-{number}", Art="Quatsch") for number in range(300))))
    assert (len(look.problems), look.unfit) == (200, 300)


class TestComplete:
    def test_what_the_table_does_not_name_is_withdrawn_if_the_guide_says_so_twice(
        self, table: Sheet, made: Callable[..., bytes]
    ) -> None:
        look = table.look(made(row(Kennung=OFFICE)), complete=True)
        assert (len(look.withdrawn), look.absent) == (33, ())
        unsure = table.take(look.key)
        assert isinstance(unsure, SheetLook)
        assert (unsure.notice, unsure.why) == (UNSURE, WHY)
        assert not any(entry.withdrawn for entry in table.entries())
        assert table.take(unsure.key, withdraw=True) == SheetTaken(changed=1, withdrawn=33)
        assert sum(entry.withdrawn for entry in table.entries()) == 33

    def test_a_table_without_entries_never_withdraws_the_whole_town(
        self, table: Sheet, made: Callable[..., bytes]
    ) -> None:
        look = table.look(made(), complete=True)
        assert [problem.text for problem in look.problems] == [
            (
                "Die Tabelle hat keine Einträge: Damit wäre jeder Eintrag der Stadt zurückgezogen. "
                "Lassen Sie den Haken weg."
            )
        ]


class TestNothingElseIsTaken:
    @pytest.fixture
    def key(self, table: Sheet, made: Callable[..., bytes]) -> str:
        return table.look(made(row(Kennung=OFFICE, Name="Rathaus"))).key

    def test_a_catalogue_that_has_changed_is_looked_at_once_more(
        self, table: Sheet, guide: Worker, key: str
    ) -> None:
        saved(guide, phone=PHONE)
        again = table.take(key)
        assert isinstance(again, SheetLook)
        assert (again.notice, again.why) == (MOVED, WHY)
        assert live(guide).phone == PHONE
        assert any(each.before == PHONE for each in again.changed[0].differences)
        assert table.take(again.key) == SheetTaken(changed=1)
        assert live(guide).name == {"de": "Rathaus"}

    def test_a_change_that_comes_while_the_file_is_read_counts_as_well(
        self, table: Sheet, guide: Worker, key: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before, other = table.desk._read, SheetDesk(guide.house)

        async def read(*arguments: Any) -> Any:
            found = await before(*arguments)
            monkeypatch.setattr(table.desk, "_read", before)
            look = await other.look(guide.signed_in, replace(CHANGED, raw=CHANGED.raw))
            await other.take(guide.signed_in, SheetWish(key=look.key, why=WHY, lose=True))
            return found

        monkeypatch.setattr(table.desk, "_read", read)
        again = table.take(key)
        assert isinstance(again, SheetLook)
        assert again.notice == MOVED
        assert live(guide).name == {"de": "Anders"}

    @pytest.mark.parametrize(("why", "said"), [(" ", NO_WHY), ("x" * (LONGEST_WHY + 1), "höchstens 300")])
    def test_the_guide_says_why(self, table: Sheet, guide: Worker, key: str, why: str, said: str) -> None:
        again = table.take(key, why)
        assert isinstance(again, SheetLook)
        assert said in again.notice
        assert live(guide).name["de"] == "Bürgerbüro Erlenfels"
        assert table.take(again.key, "x" * LONGEST_WHY) == SheetTaken(changed=1)

    def test_a_second_tap_takes_nothing_more(self, table: Sheet, guide: Worker, key: str) -> None:
        assert table.take(key) == SheetTaken(changed=1)
        assert table.take(key) == SheetTaken(sentence=GONE)
        assert len(history(guide).states) == 2

    def test_two_taps_at_once_take_it_once_and_tell_no_lie(
        self, table: Sheet, guide: Worker, key: str
    ) -> None:
        """Nobody else has changed the catalogue meanwhile."""
        wish = SheetWish(key=key, why=WHY, lose=True)

        async def both() -> list[SheetLook | SheetTaken]:
            return await asyncio.gather(*(table.desk.take(guide.signed_in, wish) for _ in range(2)))

        assert asyncio.run(both()) == [SheetTaken(changed=1), SheetTaken(sentence=GONE)]

    def test_after_a_quarter_of_an_hour_it_waits_no_longer(
        self, table: Sheet, clock: Clock, key: str
    ) -> None:
        clock.now += timedelta(minutes=MINUTES)
        assert table.take(key) == SheetTaken(sentence=GONE)

    def test_who_lets_it_go_has_let_it_go(self, table: Sheet, key: str) -> None:
        asyncio.run(table.desk.drop(table.worker.signed_in, key))
        assert table.take(key) == SheetTaken(sentence=GONE)

    def test_nobody_takes_what_somebody_else_has_looked_at(
        self, table: Sheet, house: House, key: str
    ) -> None:
        other = Sheet(joined(house, Role.DEPUTY, "Ben Weiß"), table.desk)
        asyncio.run(other.desk.drop(other.worker.signed_in, key))
        assert other.take(key) == SheetTaken(sentence=GONE)
        assert table.take(key) == SheetTaken(changed=1)

    def test_who_may_no_longer_write_takes_nothing(self, table: Sheet, guide: Worker, key: str) -> None:
        member = replace(guide.signed_in, role=Role.VOLUNTEER)
        done = asyncio.run(table.desk.take(member, SheetWish(key=key, why=WHY, lose=True)))
        assert isinstance(done, SheetTaken)
        assert "Das darf Ihre Rolle nicht" in done.sentence
        assert live(guide).name["de"] == "Bürgerbüro Erlenfels"


def test_a_draft_that_waits_is_named_and_stays(
    table: Sheet, guide: Worker, made: Callable[..., bytes]
) -> None:
    saved(guide, phone=PHONE, as_draft=True)
    look = table.look(made(row(Kennung=OFFICE)))
    assert look.remarks == (
        "Zu „Bürgerbüro Erlenfels“ wartet ein Entwurf. Er bleibt, bis jemand ihn ansieht.",
    )
