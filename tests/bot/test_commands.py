"""The other commands: what they print, and that every fault someone can mend is one sentence and code 1."""

import base64
import shutil
from importlib.metadata import version
from pathlib import Path

import pytest

from bot.house import House
from bot.wiring import LOCALES, MUNICIPALITIES, QUESTIONNAIRES
from casework.evidence import REPORTS
from storage.database import Database
from tests.bot.cli import KEY, kurze_wege
from tests.bot.people import Newcomer, Worker


def test_the_version_is_that_of_the_distribution() -> None:
    done = kurze_wege("--version")
    assert (done.returncode, done.stdout) == (0, f"kurze-wege {version('kurze-wege')}\n")


def test_a_new_key_is_32_random_bytes_and_stands_alone_on_standard_output() -> None:
    one, other = kurze_wege("key", "new"), kurze_wege("key", "new")
    assert len(base64.b64decode(one.stdout.strip(), validate=True)) == 32
    assert one.stdout != other.stdout
    assert one.stdout.count("\n") == 1
    assert "apart" in one.stderr


def test_the_projects_own_files_can_be_used() -> None:
    done = kurze_wege("check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "All files can be used.\n", "")


def test_check_tells_every_problem_of_every_file_at_once(tmp_path: Path) -> None:
    questions, locales, towns = tmp_path / "questions", tmp_path / "locales", tmp_path / "towns"
    shutil.copytree(QUESTIONNAIRES, questions)
    shutil.copytree(LOCALES, locales)
    shutil.copytree(MUNICIPALITIES, towns)
    intake = questions / "intake.toml"
    text = intake.read_text("utf-8").replace(
        'unless = { town = ["elsewhere"] }', 'unless = { city = ["elsewhere"] }'
    )
    intake.write_text(text.replace('on = { yes = "consent"', 'on = { yes = "consnet"'), "utf-8")
    (questions / "erase.toml").write_text('id = "erase"\nversion =', "utf-8")
    english = locales / "en" / "LC_MESSAGES" / "messages.po"
    english.write_text(
        english.read_text("utf-8").replace(
            'msgid "menu.next"\nmsgstr "What', 'msgid "menu.nxt"\nmsgstr "What'
        ),
        "utf-8",
    )
    offers = towns / "erlenfels" / "offers.toml"
    text = offers.read_text("utf-8")
    offers.write_text(text.replace("needs = [", 'needs = ["housing.castle", ', 1), "utf-8")
    done = kurze_wege("check", questions, locales, towns / "erlenfels")
    assert done.returncode == 1
    for named in (
        "intake.toml",
        "city",
        "consnet",
        "erase.toml",
        "menu.nxt",
        "offers.toml",
        "housing.castle",
    ):
        assert named in done.stdout, (named, done.stdout)
    assert "Traceback" not in done.stderr


def test_check_says_when_there_is_nothing_to_check(tmp_path: Path) -> None:
    done = kurze_wege("check", tmp_path, tmp_path / "nowhere")
    assert done.returncode == 1
    assert done.stdout.count("nothing to check here") == 2


@pytest.mark.parametrize(
    ("arguments", "named"), [(("--town", "atlantis"), "atlantis/municipality.toml"), (("--lang", "xx"), "xx")]
)
def test_match_tells_of_a_town_or_language_there_is_not(arguments: tuple[str, ...], named: str) -> None:
    done = kurze_wege("match", "Wohnung", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("SettingsError")
    assert named in done.stderr


def test_the_demo_explains_itself() -> None:
    done = kurze_wege("demo", "--help")
    assert done.returncode == 0
    assert "--port" in done.stdout
    assert "--data-dir" in done.stdout


def test_the_list_names_every_report() -> None:
    done = kurze_wege("report", "--list")
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(REPORTS)
    assert kurze_wege("report").stdout == done.stdout


def test_an_unknown_report_is_told_with_those_there_are() -> None:
    done = kurze_wege("report", "nix")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"There is no report 'nix'. There are: {', '.join(REPORTS)}.\n"


@pytest.fixture
def closed(house: House, newcomer: Newcomer, guide: Worker) -> None:
    """Someone asked for a person, a guide closed the case: one contact protocol."""
    import asyncio

    newcomer.consents()
    newcomer.asks_for_a_person()
    case = guide.takes()
    assert asyncio.run(guide.desk.close(guide.signed_in, case, "answered")).ok
    house.writer.close()


@pytest.mark.usefixtures("closed")
def test_the_contacts_of_an_installation_are_printed(tmp_path: Path) -> None:
    settings = {"DATA_DIR": str(tmp_path / "data"), "TOWN_KEY": KEY}
    table = kurze_wege("report", "contacts", "--as", "csv", "--exact", **settings)
    assert (table.returncode, table.stderr) == (0, "")
    assert "Übergabe" in table.stdout
    assert "<5" not in table.stdout


@pytest.mark.usefixtures("closed")
def test_the_contacts_of_the_demo_are_printed_without_any_setting(tmp_path: Path) -> None:
    (tmp_path / "throw-away.key").write_text(KEY)
    done = kurze_wege("report", "contacts", "--demo", "--data-dir", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Übergabe" in done.stdout
    assert "<5" in done.stdout


@pytest.mark.usefixtures("closed")
def test_a_wrong_key_or_town_is_told_in_a_sentence(tmp_path: Path) -> None:
    settings = {"DATA_DIR": str(tmp_path / "data"), "TOWN_KEY": KEY}
    other = base64.b64encode(bytes(32)).decode()
    wrong = kurze_wege("report", "contacts", **(settings | {"TOWN_KEY": other}))
    assert (wrong.returncode, wrong.stderr.split()[0]) == (1, "WrongKey")
    town = kurze_wege("report", "contacts", "--town", "atlantis", **settings)
    assert (town.returncode, town.stdout) == (1, "")
    assert "--town must name a town of KURZE_WEGE_TOWNS. There are: erlenfels." in town.stderr


@pytest.mark.parametrize(
    ("arguments", "settings", "kind"),
    [
        (("report", "contacts"), {}, "KURZE_WEGE_TOWN_KEY is missing"),
        (("report", "contacts"), {"TOWN_KEY": KEY, "DATA_DIR": "/nowhere"}, "there are no data in /nowhere"),
        (("report", "contacts", "--demo", "--data-dir", "/nowhere"), {}, "there are no data of a demo"),
        (("report", "contacts"), {"TOWN_KEY": KEY, "DATABASE_URL": "quatsch"}, "must begin with postgresql"),
        (("export", "--demo", "--to", "x.csv", "--data-dir", "/nowhere"), {}, "there are no data of a demo"),
        (("import", "--demo", "--from", "x.csv", "--data-dir", "/nowhere"), {}, "no data of a demo"),
        (("run",), {"DATA_DIR": "/nowhere"}, "2 problems"),
        (("run",), {"PORT": "viele"}, "KURZE_WEGE_PORT"),
        (("demo", "--data-dir", "/proc/nowhere"), {}, "/proc/nowhere cannot be used"),
        (("demo",), {"TOWN_KEY": "geheim", "DATA_DIR": "/nowhere"}, "KURZE_WEGE_TOWN_KEY is not a key"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_start_says_why_and_what_to_do(
    tmp_path: Path, arguments: tuple[str, ...], settings: dict[str, str], kind: str
) -> None:
    done = kurze_wege(*arguments, **({"DATA_DIR": str(tmp_path)} | settings))
    assert (done.returncode, done.stdout) == (1, "")
    assert kind in done.stderr
    assert "Traceback" not in done.stderr
    assert "geheim" not in done.stderr


def test_a_damaged_database_is_told_with_what_to_do(tmp_path: Path) -> None:
    Database.in_folder(tmp_path).close()
    (tmp_path / "data.db").write_bytes(b"no database" * 1000)
    done = kurze_wege("report", "contacts", DATA_DIR=str(tmp_path), TOWN_KEY=KEY)
    assert done.returncode == 1
    assert done.stderr.startswith("Damaged  ")
    assert "Restore it from the last backup." in done.stderr
