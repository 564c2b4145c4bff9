"""The command `kurze-wege`; what its subcommands do stands in `bot.commands`."""

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from bot.commands import (
    bench,
    chat,
    check,
    demo,
    export,
    import_,
    invite,
    key,
    learn,
    match,
    report,
    run,
    shift,
)
from bot.commands.faults import told

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kurze-wege {version('kurze-wege')}")
        raise typer.Exit


@app.callback()
def main_options(
    _: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_tell_version, help="show the version")
    ] = False,
) -> None:
    """Short ways to local help for people who have just arrived."""


app.command("demo")(demo.demo)
app.command("run")(run.run)
app.command("invite")(invite.invite)
app.command("import")(import_.import_)
app.command("export")(export.export)
app.command("chat")(chat.chat)
app.command("check")(check.check)
app.command("match")(match.match)
app.command("learn")(learn.learn)
app.command("report")(report.report)
app.command("key")(key.key)
app.add_typer(bench.bench, name="bench")
app.add_typer(shift.app, name="shift")


def main() -> None:
    """Runs the command; a fault that someone can mend is told in their words, without a traceback."""
    try:
        app()
    except SystemExit:  # the ordinary end; asking which faults are told would load half the program
        raise
    except told() as fault:
        sys.stderr.write(f"{type(fault).__name__}  {fault}\n")
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
