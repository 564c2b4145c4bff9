"""Every transcript runs through the engine and every door, with identical texts."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from bot.house import House
from dialogs.effects import ErasureRequested
from tests.doors import Clock, EngineDoor, Heard, TerminalDoor, WebDoor, copy_of, folded, readable
from tests.telegram_door import TelegramDoor
from tests.transcript import FOLDER, MEDIA, Transcript, effect_told, lines, read, told, write

FILES = sorted(FOLDER.glob("*.txt"))
TYPED = [path for path in FILES if not any(sign in path.read_text("utf-8") for sign in MEDIA)]
"""Neither the terminal nor the web chat takes voice messages; every other transcript runs there."""

REWRITE = "KURZE_WEGE_REWRITE_TRANSCRIPTS"


@pytest.fixture
def clock(path: Path) -> Clock:
    return Clock(read(path).now)


@pytest.fixture
def house(tmp_path: Path, clock: Clock, built: tuple[House, Path]) -> Iterator[House]:
    house = copy_of(built, tmp_path / "data", clock)
    yield house
    house.writer.close()


def through_the_engine(house: House, transcript: Transcript, clock: Clock) -> list[Heard]:
    door = EngineDoor(house.towns["erlenfels"].script, transcript.language, clock)
    clock.now = transcript.now
    heard = []
    for step in transcript.steps:
        clock.now += step.pause
        heard.append(door.say(step.says))
    return heard


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_engine_says_what_the_transcript_says(path: Path, house: House, clock: Clock) -> None:
    """Keys, codes, buttons and effects are those in the file, which is rewritten on request."""
    transcript, found = read(path), read(path)
    for step, heard in zip(found.steps, through_the_engine(house, found, clock), strict=True):
        step.read = [told(*pair) for pair in zip(heard.replies, heard.shown, strict=True)]
        step.happened = [effect_told(effect) for effect in heard.effects]
    if os.environ.get(REWRITE):
        write(path, found)
    else:
        assert list(lines(found)) == list(lines(transcript))


@pytest.mark.parametrize("path", TYPED, ids=lambda path: path.stem)
def test_the_terminal_reads_like_the_engine(path: Path, house: House, clock: Clock) -> None:
    """Line by line the same texts and labels."""
    transcript = read(path)
    expected = through_the_engine(house, transcript, clock)
    door = TerminalDoor(house, transcript.language)
    clock.now = transcript.now
    for step, heard in zip(transcript.steps, expected, strict=True):
        clock.now += step.pause
        assert door.say(step.says) == readable(heard.shown), step.says


@pytest.mark.parametrize("path", TYPED, ids=lambda path: path.stem)
def test_the_web_chat_reads_like_the_engine(path: Path, house: House, clock: Clock) -> None:
    """Every text stands on the page in the engine's order, and every label on a button."""
    transcript = read(path)
    expected = through_the_engine(house, transcript, clock)
    door = WebDoor(house, transcript.language)
    clock.now = transcript.now
    for step, heard in zip(transcript.steps, expected, strict=True):
        clock.now += step.pause
        page, place = door.say(step.says), 0
        for text in texts_of(heard):
            place = page.find(text, place)
            assert place >= 0, (step.says, text, page)
        label_of = partial(house.towns["erlenfels"].script.text, language=heard.conversation.language)
        # a page shows the question all the time, and at its foot the way to a person
        there = {label_of("nav.question"), label_of("menu.person")}
        for reply in heard.shown:
            labels = {button.label for button in reply.buttons} - there
            assert all(folded(label) in page for label in labels), step.says


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_telegram_reads_like_the_engine(path: Path, house: House, clock: Clock) -> None:
    """Message by message the same texts and labels, and once more what Telegram means for a guest's words."""
    transcript = read(path)
    expected = through_the_engine(house, transcript, clock)
    clock.now = transcript.now
    before: Heard | None = None
    with TelegramDoor(house, transcript.language) as door:
        for step, heard in zip(transcript.steps, expected, strict=True):
            clock.now += step.pause
            assert door.say(step.says) == in_a_messenger(house, before, heard), step.says
            before = heard


def in_a_messenger(house: House, before: Heard | None, heard: Heard) -> list[str]:
    """With the notice where it must stand, and the word after an erasure.

    The notice comes with a guest's first answer, and with the first in another language.
    """
    language, read = heard.conversation.language, readable(heard.shown)
    text = partial(house.towns["erlenfels"].script.text, language=language)
    if erased(heard):
        return [*read, text("telegram.delete_chat")]
    known = None if before is None or erased(before) else before.conversation.language
    # these houses have no pages that could be reached from outside
    return [text("telegram.notice.alone"), *read] if heard.conversation.guest and known != language else read


def erased(heard: Heard) -> bool:
    return any(isinstance(effect, ErasureRequested) for effect in heard.effects)


def texts_of(heard: Heard) -> list[str]:
    """What is said apart from labels, in order."""
    lines: list[str] = []
    for reply in heard.shown:
        if reply.card is not None:
            lines += [reply.card.title, *(line.text for line in reply.card.lines if line.kind == "why")]
        else:
            lines += reply.text.splitlines()
    return [folded(line) for line in lines if line.strip()]
