"""Transcripts as text files: what someone writes or taps, what they read, what happened."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.rendering import Rendered
from dialogs.effects import Effect
from dialogs.messages import Media, Reply

FOLDER = Path(__file__).parent / "transcripts"
BERLIN = ZoneInfo("Europe/Berlin")
VOICE = "[voice]"
PHOTO = "[photo]"
MEDIA = {VOICE: Media.VOICE, PHOTO: Media.FILE}


@dataclass(slots=True)
class Step:
    """One message and what followed: lines with `<` (read) and `!` (happened), as they stand in the file."""

    says: str
    pause: timedelta = timedelta(0)
    read: list[str] = field(default_factory=list)
    happened: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Transcript:
    """A file: comments on top, then one line of settings, then the steps."""

    comments: list[str]
    language: str
    now: datetime
    steps: list[Step]


def read(path: Path) -> Transcript:
    """The transcript in a file."""
    transcript = Transcript(
        comments=[], language="de", now=datetime(2026, 11, 23, 9, 0, tzinfo=UTC), steps=[]
    )
    pause = timedelta(0)
    for line in path.read_text("utf-8").splitlines():
        mark, rest = line[:1], line[2:]
        if mark == "#":
            transcript.comments.append(rest)
        elif line.startswith("language:"):
            transcript.language, transcript.now = _settings(line)
        elif mark == "~":
            pause = timedelta(hours=float(rest.split()[0]))
        elif mark == ">":
            transcript.steps.append(Step(says=rest, pause=pause))
            pause = timedelta(0)
        elif mark == "<":
            transcript.steps[-1].read.append(rest)
        elif mark == "!":
            transcript.steps[-1].happened.append(rest)
    return transcript


def write(path: Path, transcript: Transcript) -> None:
    """Writes the transcript back, with what is now expected."""
    path.write_text("\n".join(lines(transcript)) + "\n", "utf-8")


def told(reply: Reply, rendered: Rendered) -> str:
    """A reply on one line: its key with codes, then the labels of its buttons."""
    codes = " ".join(f"{name}={_code(value)}" for name, value in reply.args.items() if name != "pictures")
    labels = " ".join(f"({_tick(button.ticked)}{button.label})" for button in rendered.buttons)
    return f"[{f'{reply.key} {codes}'.strip()}]  {labels}".strip()


def effect_told(effect: Effect) -> str:
    """An effect on one line, without what a person wrote."""
    parts = (
        f"{f.name}={_code(getattr(effect, f.name))}"
        for f in fields(effect)
        if f.name not in ("text", "answers")
    )
    return " ".join((type(effect).__name__, *parts))


def _settings(line: str) -> tuple[str, datetime]:
    words = line.replace("language:", "").replace("now:", "").split()
    local = datetime.fromisoformat(f"{words[1]}T{words[2]}").replace(tzinfo=BERLIN)
    return words[0], local.astimezone(UTC)


def lines(transcript: Transcript) -> Iterator[str]:
    """The file, line by line."""
    yield from (f"# {comment}" for comment in transcript.comments)
    yield f"language: {transcript.language}   now: {transcript.now.astimezone(BERLIN):%Y-%m-%d %H:%M}"
    for step in transcript.steps:
        if step.pause:
            yield f"~ {step.pause.total_seconds() / 3600:g} hours later"
        yield f"> {step.says}"
        yield from (f"< {line}" for line in step.read)
        yield from (f"! {line}" for line in step.happened)


def _code(value: object) -> str:
    if isinstance(value, str):
        return value or "-"
    if isinstance(value, Sequence):
        return ",".join(str(item) for item in value) or "-"
    return str(value)


def _tick(ticked: bool | None) -> str:
    return {True: "x ", False: "", None: ""}[ticked]
