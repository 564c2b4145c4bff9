"""`kurze-wege shift`: enters shifts of volunteers, one by one or from a spreadsheet, and calls them off."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from bot.shifts import Entered, Planned
    from storage.shifts import Taken
    from storage.store import Store

T = TypeVar("T")

CALLED_OFF = "this shift was called off. If it takes place after all, enter it with a time of its own."

app = typer.Typer(no_args_is_help=True, help="Enter shifts of volunteers, list them, call them off.")
Town = Annotated[str, typer.Option(help="code of the town; needed where there are several")]


class _OnlyLooked(Exception):
    """Ends a dry run, so that its savepoint takes everything back."""

    def __init__(self, entered: "Entered") -> None:
        super().__init__("dry run")
        self.entered = entered


@app.command("add")
def add(
    title: Annotated[str, typer.Option(help="what it is, without names of people")],
    place: Annotated[str, typer.Option(help="where it is")],
    start: Annotated[str, typer.Option(help='local time, such as "2026-11-27 14:00"')],
    end: Annotated[str, typer.Option(help='"16:00", or with its own day')],
    members: Annotated[list[str], typer.Option("--for", help="name of who takes it on; may be repeated")],
    town: Town = "",
) -> None:
    """Enter a shift; the same again adds whoever is new to it."""
    from datetime import UTC, datetime

    from bot.shifts import ShiftsError, enter, is_reachable, on_clocks_here

    def work(store: "Store") -> str:
        planned, now = _wished(store, title, place, (start, end), members), datetime.now(UTC)
        entered = enter(store, (planned,), now)
        shift = store.shifts.find(planned.title, planned.place, planned.starts_at, planned.ends_at)
        if shift is None or entered.cancelled:
            raise ShiftsError("shift add", [CALLED_OFF])
        told = f"{entered.taken_on} newly taken on, {entered.known} before"
        late = " It has begun: nobody is reminded." if shift.starts_at <= now else ""
        unreached = [member.name for member in planned.members if not is_reachable(store, member)]
        lost = (
            f" No reminder reaches {', '.join(unreached)}: invite them to the team's bot."
            if unreached
            else ""
        )
        return f"{shift.id}  {on_clocks_here(shift)}: {told}.{late}{lost}"

    typer.echo(_in_town(town, work))


@app.command("list")
def list_(
    past: Annotated[bool, typer.Option("--all", help="also what is over")] = False, town: Town = ""
) -> None:
    """Print the shifts to come, in order of start, each with its id."""
    from datetime import UTC, datetime

    since = datetime.min.replace(tzinfo=UTC) if past else datetime.now(UTC)
    lines = _in_town(town, lambda store: [_line(store, taken) for taken in store.shifts.since(since)])
    for line in lines:
        typer.echo(line)
    if not lines:
        typer.echo("No shift is planned.", err=True)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV with titel, ort, datum, beginn, ende, person")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say what would be entered")] = False,
    town: Town = "",
) -> None:
    """Enter every shift of a spreadsheet, or none; the same file twice changes nothing."""
    from datetime import UTC, datetime

    from bot.files.shift_list import read_shift_list
    from bot.shifts import enter, member_called

    def work(store: "Store") -> "Entered":
        planned = read_shift_list(file, lambda name: member_called(store, name))
        entered = enter(store, planned, datetime.now(UTC))
        if dry_run:
            raise _OnlyLooked(entered)
        return entered

    try:
        entered = _in_town(town, work)
    except _OnlyLooked as looked:
        entered = looked.entered
    typer.echo(
        f"{'Would be entered' if dry_run else 'Entered'}: {len(entered.new)} new shifts, "
        f"{entered.taken_on} newly taken on; "
        f"known before: {entered.known}; left called off: {entered.cancelled}"
    )


@app.command("cancel")
def cancel(
    shift: Annotated[str, typer.Argument(help="the id that `kurze-wege shift list` shows")], town: Town = ""
) -> None:
    """Call a shift off: nobody is reminded of it any more, and those who were to come hear it."""
    from datetime import UTC, datetime

    from bot.settings import read_settings
    from bot.shifts import ShiftsError, call_off
    from bot.wiring import LOCALES, channels_of, read_towns
    from dialogs.wording import load_wording

    settings, wording = read_settings(), load_wording(LOCALES)
    channels = channels_of(settings, [one.id for one in read_towns(settings)])

    def work(store: "Store") -> str:
        done = call_off(store, channels, wording, shift, datetime.now(UTC))
        if done is None:
            told = (
                f"there is no shift {shift} that could be called off. `kurze-wege shift list` shows all ids."
            )
            raise ShiftsError("shift cancel", [told])
        heard, unheard = (", ".join(member.name for member in members) for members in done)
        told = f" The running program tells {heard}." if heard else ""
        rest = f" Please tell them yourself: {unheard}." if unheard else ""
        return f"Called off.{told}{rest}" if heard or unheard else "Called off. There is nobody to be told."

    typer.echo(_in_town(town, work))


def _in_town(town: str, work: "Callable[[Store], T]") -> T:
    from bot.settings import SettingsError, read_settings, together, town_key
    from bot.wiring import read_towns
    from storage.database import Database
    from storage.keys import Keys
    from storage.writer import Writer

    settings = read_settings()
    key, towns = together(lambda: town_key(settings), lambda: read_towns(settings))
    codes = [one.id for one in towns]
    if town not in codes and (town or len(codes) > 1):
        raise SettingsError([f"--town must name a town of KURZE_WEGE_TOWNS. There are: {', '.join(codes)}."])
    writer = Writer(Database.open(settings.database_url, settings.data_dir), Keys.from_town_key(key))
    try:
        return writer.run(town or codes[0], work)
    finally:
        writer.close()


def _wished(store: "Store", title: str, place: str, times: tuple[str, str], names: list[str]) -> "Planned":
    """The shift that the options describe. Raises ShiftsError with every problem."""
    from bot.shifts import Planned, ShiftsError, member_called, moment_from, on_one_line
    from casework.volunteers.shifts import shift_problems

    title, place, start, end = (on_one_line(each) for each in (title, place, *times))
    day, _, clock = start.partition(" ")
    starts_at, problem = moment_from(day, clock)
    problems = [f"--start: {problem}"] if problem else []
    ends_at, problem = moment_from(*((end.partition(" ")[::2]) if " " in end else (day, end)))
    problems += [f"--end: {problem}"] if problem else []
    found = [member_called(store, name) for name in names]
    problems += [f"--for: {problem}" for _, problem in found if problem]
    if starts_at is not None and ends_at is not None:
        options = {"starts_at": "start", "ends_at": "end"}
        told = shift_problems(title, place, starts_at, ends_at)
        problems += [f"--{options.get(name, name)} {text}" for name, text in told]
    if problems or starts_at is None or ends_at is None:
        raise ShiftsError("shift add", problems)
    members = tuple(member for member, _ in found if member is not None)
    return Planned(title=title, place=place, starts_at=starts_at, ends_at=ends_at, members=members)


def _line(store: "Store", taken: "Taken") -> str:
    from bot.shifts import named, on_clocks_here

    shift = taken.shift
    names = ", ".join(named(store, member) for member in taken.members)
    state = "  CALLED OFF" if shift.cancelled_at is not None else ""
    return f"{shift.id}  {on_clocks_here(shift)}  {shift.title}, {shift.place}: {names or 'nobody'}{state}"
