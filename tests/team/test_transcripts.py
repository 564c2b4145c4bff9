"""Every transcript of the team runs through its desk and through the bot's real channel, with one text."""

import os
from pathlib import Path

import pytest

from bot.house import House
from tests.doors import Clock
from tests.team.chats import DirectChats
from tests.team.running import TOKEN, Phones, running_team_bot
from tests.team.stage import Stage, open_to_the_team
from tests.team.transcript import FOLDER, lines, read, write
from tests.telegram.bot_api import BotApi
from tests.telegram.calls import faults_of

FILES = sorted(FOLDER.glob("*.txt"))
REWRITE = "KURZE_WEGE_REWRITE_TRANSCRIPTS"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_desk_says_what_the_transcript_says(path: Path, house: House, clock: Clock) -> None:
    """The file is rewritten on request."""
    played = read(path)
    open_house = open_to_the_team(house, content=played.content)
    Stage(open_house, DirectChats(open_house), clock).play(played)
    if os.environ.get(REWRITE):
        write(path, played)
    assert list(lines(played)) == list(lines(read(path)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_bot_says_what_the_transcript_says(
    path: Path, house: House, clock: Clock, bot_api: BotApi
) -> None:
    """The same texts, buttons and changes on every phone; all that the bot asked of Telegram is valid."""
    played = read(path)
    open_house = open_to_the_team(house, content=played.content)
    with running_team_bot(open_house, bot_api) as running:
        Stage(open_house, Phones(running, bot_api), clock).play(played)
    assert list(lines(played)) == list(lines(read(path)))
    assert faults_of(bot_api.calls(TOKEN)) == []
