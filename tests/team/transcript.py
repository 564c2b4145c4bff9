"""Transcripts of the team as text files: who writes or taps what, what each reads then, what happened."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.telegram.phones import Button, Shown

FOLDER = Path(__file__).parents[1] / "transcripts" / "team"
BERLIN = ZoneInfo("Europe/Berlin")
_HEADER = re.compile(r"now: (\S+ \S+)   content: (yes|no)   team: ?(.*)")
_DONE = re.compile(r'> (\w+)(?:, on "(.*?)")?: (.*)')
_ID = re.compile(r"[0-9a-f]{32}")
_TOKEN = re.compile(r"/einladung/\S+")
SHORT = 24
"""Characters by which a message is named."""


@dataclass(slots=True)
class Step:
    """What somebody does, or what happens elsewhere (`*`), and the lines that are then read or true."""

    says: str
    pause: timedelta = timedelta(0)
    after: list[str] = field(default_factory=list)

    @property
    def elsewhere(self) -> str:
        """What happens outside of the team's chats; empty if it is something in one of them."""
        return self.says.removeprefix("* ") if self.says.startswith("* ") else ""

    @property
    def done(self) -> tuple[str, str, str]:
        """Who, on which message (by its beginning, or empty), what."""
        found = _DONE.fullmatch(self.says)
        assert found, f"nobody can read this line: {self.says}"
        return found[1], found[2] or "", found[3]


@dataclass(slots=True)
class Transcript:
    """A file: comments on top, one line of settings, then the steps. `team`: name and role, all connected."""

    comments: list[str]
    now: datetime
    content: bool
    team: dict[str, str]
    steps: list[Step]


def read(path: Path) -> Transcript:
    comments, steps, pause = [], list[Step](), timedelta(0)
    now, content, team = datetime(2026, 11, 23, 9, 0, tzinfo=UTC), False, dict[str, str]()
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# "):
            comments.append(line[2:])
        elif found := _HEADER.fullmatch(line):
            now = datetime.fromisoformat(found[1]).replace(tzinfo=BERLIN).astimezone(UTC)
            content = found[2] == "yes"
            team = dict(re.findall(r"(\w+) (\w+)", found[3]))
        elif line.startswith("~ "):
            pause = timedelta(hours=float(line.split()[1]))
        elif line.startswith(("> ", "* ")):
            steps.append(Step(says=line, pause=pause))
            pause = timedelta(0)
        elif line.strip():
            steps[-1].after.append(line)
    return Transcript(comments=comments, now=now, content=content, team=team, steps=steps)


def lines(transcript: Transcript) -> Iterator[str]:
    """The file, line by line."""
    yield from (f"# {comment}" for comment in transcript.comments)
    team = ", ".join(f"{name} {role}" for name, role in transcript.team.items())
    content = "yes" if transcript.content else "no"
    head = f"now: {transcript.now.astimezone(BERLIN):%Y-%m-%d %H:%M}   content: {content}   team: {team}"
    yield head.rstrip()
    for step in transcript.steps:
        if step.pause:
            yield f"~ {step.pause.total_seconds() / 3600:g} hours later"
        yield step.says
        yield from step.after


def write(path: Path, transcript: Transcript) -> None:
    path.write_text("\n".join(lines(transcript)) + "\n", "utf-8")


def told(name: str, message: Shown, before: list[Shown], now: list[Shown], numbers: dict[str, int]) -> str:
    """One message on one line. `=`: it has changed in its place. `numbers`: of cases, by id."""
    mark = "=" if any(each.id == message.id for each in before) else "<"
    on = next((f', on "{each.text[:SHORT]}"' for each in now if each.id == message.reply_to), "")
    buttons = " ".join(_button(button, numbers) for row in message.buttons for button in row)
    return f"{mark} {name}{on}: {' / '.join(message.text.splitlines())}  {buttons}".rstrip()


def _button(button: Button, numbers: dict[str, int]) -> str:
    if not button.url:
        return f"({button.text})"
    path = _TOKEN.sub("/einladung/…", button.url.partition("example.org")[2])
    return f"({button.text}: {_ID.sub(lambda found: str(numbers.get(found[0], '?')), path)})"
