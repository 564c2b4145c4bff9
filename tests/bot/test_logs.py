"""What a library may print never holds a bot's token."""

import json
import logging
from datetime import datetime

import pytest
import structlog

from bot.logs import set_up_logs, without_tokens

TOKEN = "7012345678:AAH-x9y8z7w6v5u4t3s2r1q0ponmlkjihgf"  # the form of a real one, nobody's


@pytest.fixture(autouse=True)
def as_before() -> object:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before[0], before[1]
    structlog.reset_defaults()  # else what follows prints into this test's captured output


@pytest.mark.parametrize(
    "line",
    [
        f"HTTP Request: POST https://api.telegram.org/bot{TOKEN}/getUpdates",
        f"token {TOKEN} is invalid",
        "http://127.0.0.1:9000/bot110:short/sendMessage failed",
    ],
)
def test_tokens_are_blacked_out(line: str) -> None:
    assert TOKEN not in without_tokens(line)
    assert "110:short" not in without_tokens(line)


def test_times_and_numbers_stay() -> None:
    line = "started at 10:15 on port 8000, case 12:3"
    assert without_tokens(line) == line


def test_an_exception_with_a_token_in_its_address_is_logged_without_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logs()
    try:
        raise OSError(f"cannot connect to https://api.telegram.org/bot{TOKEN}/getMe")
    except OSError:
        logging.getLogger("asyncio").exception("Task exception was never retrieved")
    told = capsys.readouterr().err
    assert "Task exception" in told
    assert TOKEN not in told


@pytest.mark.parametrize(
    "library", ["aiogram.event", "aiogram", "telegram.ext", "telegram.Bot", "aiohttp.client"]
)
def test_libraries_that_print_what_people_write_are_silent(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs()
    logging.getLogger(library).critical("Cannot read: 'ich habe Angst'")
    assert capsys.readouterr().err == ""


def test_a_person_at_a_terminal_reads_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    """Such as somebody who tries the demo; what is no trouble they are not told."""
    set_up_logs(quiet=True)
    log = structlog.get_logger()
    log.info("job done", job="remind")
    log.error("updates given up", bot="erlenfels telegram", errors=["KeyError", "ValueError"])
    log.error("web_fault", remedy="start it again")
    assert capsys.readouterr().err.splitlines() == [
        "Updates given up (bot erlenfels telegram, errors KeyError, ValueError).",
        "Web fault. Please start it again.",
    ]


def test_an_installation_logs_one_json_line_for_each_event(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs()
    structlog.get_logger().info("job done", job="remind")
    told = json.loads(capsys.readouterr().err)
    assert (told["event"], told["job"], told["level"]) == ("job done", "remind", "info")
    assert datetime.fromisoformat(told["timestamp"]).tzinfo is not None
