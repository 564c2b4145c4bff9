"""Where links to the bot hang: codes that can stand in a link and cannot be taken for anything else."""

import shutil
from pathlib import Path

import pytest

from catalog.municipality import MUNICIPALITIES, load_municipality
from catalog.needs import CatalogError


def town(folder: Path, line: str) -> Path:
    """The fictional town with this line about its entry points."""
    shutil.copytree(MUNICIPALITIES / "shared", folder / "shared")
    made = folder / "erlenfels"
    shutil.copytree(MUNICIPALITIES / "erlenfels", made)
    file = made / "municipality.toml"
    lines = file.read_text("utf-8").splitlines()
    changed = [line if old.startswith("entry_points") else old for old in lines]
    file.write_text("\n".join(changed), "utf-8")
    return made


def problem_of(folder: Path, line: str) -> str:
    with pytest.raises(CatalogError) as caught:
        load_municipality(town(folder, line))
    (problem,) = caught.value.problems
    assert (problem.field, problem.entry) == ("entry_points", "erlenfels")
    return problem.text


@pytest.mark.parametrize(
    "codes",
    [
        (),
        ("kita",),
        ("KITA_Sonnenblume-2",),
        ("a", "a" * 32),
        ("abcdefghijklmno", "abcdefghijklmnopq", "abcd_efgh-ijkl-mnop"),
    ],
    ids=["none", "a word", "with signs", "the shortest and the longest", "nearly like a way back"],
)
def test_codes_that_can_stand_in_a_link_are_taken(tmp_path: Path, codes: tuple[str, ...]) -> None:
    line = f"entry_points = [{', '.join(repr(code) for code in codes)}]"
    assert load_municipality(town(tmp_path, line)).entry_points == codes


@pytest.mark.parametrize("code", ["", "zwei Worte", "Bürgeramt", "kita/nord", "x" * 33, "кита", "a.b"])
def test_what_cannot_stand_in_a_link_is_told(tmp_path: Path, code: str) -> None:
    """With what may be taken instead."""
    assert problem_of(tmp_path, f"entry_points = ['{code}']") == (
        f"'{code}' cannot stand in a link. Take at most 32 letters without accents, digits, _ and -."
    )


@pytest.mark.parametrize("code", ["auslaenderbehoer", "ABCD-EFGH-IJKL-MNOP", "abcd-efghijklmnop"])
def test_what_reads_like_a_way_back_is_told(tmp_path: Path, code: str) -> None:
    """Whoever followed the link would be told that it no longer works."""
    assert "looks like the code of a way back" in problem_of(tmp_path, f"entry_points = ['{code}']")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("entry_points = ['other']", "is counted for links that name none"),
        ("entry_points = ['kita', 'kita', 'kita']", "'kita' stands twice. Leave one out."),
        ("entry_points = 'kita'", "must be a list"),
        ("entry_points = [1]", "must be a list of texts"),
    ],
    ids=["what others are counted as", "twice", "no list", "a number"],
)
def test_other_mistakes_are_told(tmp_path: Path, line: str, told: str) -> None:
    assert told in problem_of(tmp_path, line)


@pytest.mark.parametrize("switch", ["team_bot_shows_content", "quarterly_question"])
def test_a_switch_is_yes_or_no(tmp_path: Path, switch: str) -> None:
    """Without the line it is off."""
    assert not getattr(load_municipality(town(tmp_path, "")), switch)
    file = tmp_path / "erlenfels" / "municipality.toml"
    whole = file.read_text("utf-8")
    file.write_text(f"{switch} = true\n{whole}", "utf-8")
    assert getattr(load_municipality(file.parent), switch)
    file.write_text(f"{switch} = 'yes'\n{whole}", "utf-8")
    with pytest.raises(CatalogError, match="must be true or false"):
        load_municipality(file.parent)
