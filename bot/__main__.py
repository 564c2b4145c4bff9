"""The command `kurze-wege`; what its subcommands do stands in `bot.commands`."""

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def main_options() -> None:
    """Short ways to local help for people who have just arrived."""


def main() -> None:
    app()


if __name__ == "__main__":
    main()
