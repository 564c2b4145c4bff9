"""Tokens in the settings: whose they are, every problem at once, and not a word of them in any error."""

from pathlib import Path

import pytest

from bot.bot_tokens import bot_tokens
from bot.doors import TEAM_TELEGRAM, TELEGRAM
from bot.settings import Settings, SettingsError

ONE, TWO, THREE = "123:AAA-hidden_one", "456:BBB-hidden_two", "789:CCC-hidden_three"
SECRETS = ("AAA", "BBB", "CCC", "hidden")
TOWNS = ("erlenfels", "musterstadt")


def settings(folder: Path, **given: object) -> Settings:
    return Settings(data_dir=folder / "data", _env_file=None, **given)  # type: ignore[call-arg, arg-type]


def problems_of(folder: Path, towns: tuple[str, ...], **given: object) -> list[str]:
    """Every problem; none of them may quote a token."""
    with pytest.raises(SettingsError) as caught:
        bot_tokens(settings(folder, **given), towns)
    told = f"{caught.value} {caught.value!r} {caught.value.__cause__!r} {caught.value.__context__!r}"
    assert not any(secret in told for secret in SECRETS)
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("towns", "newcomers", "found"),
    [
        (TOWNS[:1], ONE, {(TOWNS[0], TELEGRAM): ONE}),
        (TOWNS[:1], f"erlenfels={ONE}", {(TOWNS[0], TELEGRAM): ONE}),
        (TOWNS[:1], f"\n {ONE} \n", {(TOWNS[0], TELEGRAM): ONE}),
        (
            TOWNS,
            f"musterstadt={TWO}, erlenfels={ONE},",
            {(TOWNS[0], TELEGRAM): ONE, (TOWNS[1], TELEGRAM): TWO},
        ),
        (TOWNS, f"musterstadt={TWO}", {(TOWNS[1], TELEGRAM): TWO}),
        (TOWNS, "", {}),
        (TOWNS, None, {}),
    ],
    ids=[
        *("one town needs no name", "and may have one", "white space is nothing"),
        *("several towns by commas", "a town may have none", "empty", "not set"),
    ],
)
def test_every_town_has_its_own(
    tmp_path: Path, towns: tuple[str, ...], newcomers: str | None, found: dict[tuple[str, str], str]
) -> None:
    assert bot_tokens(settings(tmp_path, newcomer_bot_token=newcomers), towns) == found


def test_newcomers_and_team_have_a_bot_each_and_a_file_serves_as_well(tmp_path: Path) -> None:
    """One entry a line; a value in the environment goes before a file."""
    file = tmp_path / "team.tokens"
    file.write_text(f"erlenfels={ONE}\nmusterstadt={TWO}\n", "utf-8")
    given = settings(tmp_path, newcomer_bot_token=f"erlenfels={THREE}", team_bot_token_file=file)
    assert bot_tokens(given, TOWNS) == {
        (TOWNS[0], TELEGRAM): THREE,
        (TOWNS[0], TEAM_TELEGRAM): ONE,
        (TOWNS[1], TEAM_TELEGRAM): TWO,
    }
    both = settings(tmp_path, team_bot_token=f"erlenfels={THREE}", team_bot_token_file=file)
    assert bot_tokens(both, TOWNS) == {(TOWNS[0], TEAM_TELEGRAM): THREE}


NEWCOMERS = "KURZE_WEGE_NEWCOMER_BOT_TOKEN"
TEAM = "KURZE_WEGE_TEAM_BOT_TOKEN"
TWICE = "one token stands twice. Every town has two bots of its own, one for each."
NOT_REACHED = (
    "KURZE_WEGE_TELEGRAM_UPDATES is webhook, but KURZE_WEGE_PUBLIC_URL does not begin with https://."
    " Set it, or leave TELEGRAM_UPDATES out: then the program fetches."
)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (
            {"newcomer_bot_token": ONE},
            f"{NEWCOMERS}: with several towns write town=token, by commas. Towns: erlenfels, musterstadt.",
        ),
        (
            {"newcomer_bot_token": f"nowhere={ONE}"},
            f"{NEWCOMERS} names a town that there is not. Towns: erlenfels, musterstadt.",
        ),
        (
            {"team_bot_token": "erlenfels=AAA hidden"},
            f"{TEAM} is not a bot's token. Copy it whole from @BotFather: digits, a colon, letters.",
        ),
        (
            {"team_bot_token": f"erlenfels={ONE},erlenfels={TWO}"},
            f"{TEAM} has two tokens for one town. Leave one out.",
        ),
        (
            {"newcomer_bot_token": f"erlenfels={ONE}", "team_bot_token": f"erlenfels={ONE}"},
            f"{NEWCOMERS} and {TEAM}: {TWICE}",
        ),
        (
            {"newcomer_bot_token": f"erlenfels={ONE},musterstadt={ONE}"},
            f"{NEWCOMERS} and {TEAM}: {TWICE}",
        ),
        (
            {"newcomer_bot_token": f"erlenfels={ONE}", "telegram_updates": "webhook"},
            NOT_REACHED,
        ),
    ],
    ids=[
        *("whose", "unknown town", "no token", "two for one town", "one for both bots", "one for two towns"),
        "a webhook that Telegram cannot reach",
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(
    tmp_path: Path, given: dict[str, object], problem: str
) -> None:
    assert problems_of(tmp_path, TOWNS, **given) == [problem]


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    """Whoever sets it up mends all of it before the next start."""
    given = {"newcomer_bot_token": f"nowhere={ONE},{TWO}", "team_bot_token_file": tmp_path / "missing"}
    assert len(problems_of(tmp_path, TOWNS, **given)) == 3


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, f"{TEAM}_FILE cannot be read (FileNotFoundError). Check the path."),
        (b"\xff\xfe", f"{TEAM}_FILE cannot be read (UnicodeDecodeError). Check the path."),
        (b"AAA hidden", f"{TEAM}_FILE (<file>) is not a bot's token. Copy it whole from @BotFather:"),
        (b"", f"{TEAM}_FILE (<file>) is empty. Write the secret into the file, or leave the variable out."),
        (b" \n", f"{TEAM}_FILE (<file>) is empty."),
    ],
    ids=["missing", "no text", "no token in it", "empty", "blank"],
)
def test_a_file_that_does_not_do_is_told(tmp_path: Path, content: bytes | None, problem: str) -> None:
    file = tmp_path / "tokens"
    if content is not None:
        file.write_bytes(content)
    (told,) = problems_of(tmp_path, TOWNS[:1], team_bot_token_file=file)
    assert told.startswith(problem.replace("<file>", str(file)))


def test_a_token_in_place_of_the_path_is_not_told(tmp_path: Path) -> None:
    """One variable is easily taken for the other."""
    (told,) = problems_of(tmp_path, TOWNS[:1], team_bot_token_file=Path(ONE))
    assert told.startswith(f"{TEAM}_FILE cannot be read")


def test_what_stands_in_the_environment_is_blamed_and_not_the_file_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    file.write_text(ONE, "utf-8")
    (told,) = problems_of(tmp_path, TOWNS[:1], team_bot_token="AAA hidden", team_bot_token_file=file)
    assert told.startswith(f"{TEAM} is not a bot's token.")


def test_a_file_among_the_data_is_refused(tmp_path: Path) -> None:
    """It would lie in every backup."""
    file = tmp_path / "data" / "tokens"
    file.parent.mkdir()
    file.write_text(ONE, "utf-8")
    (told,) = problems_of(tmp_path, TOWNS[:1], newcomer_bot_token_file=file)
    assert told == f"{NEWCOMERS}_FILE lies in the data folder. Move it elsewhere: secrets and data apart."


def test_a_webhook_with_an_address_that_can_be_reached_is_fine(tmp_path: Path) -> None:
    given = settings(
        tmp_path, newcomer_bot_token=ONE, telegram_updates="webhook", public_url="https://wege.example"
    )
    assert bot_tokens(given, TOWNS[:1]) == {(TOWNS[0], TELEGRAM): ONE}


def test_settings_do_not_show_a_token(tmp_path: Path) -> None:
    """Whatever prints them."""
    given = settings(tmp_path, newcomer_bot_token=ONE, team_bot_token=TWO)
    assert not any(secret in f"{given!r} {given}" for secret in SECRETS)
