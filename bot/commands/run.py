"""`kurze-wege run`: a town's installation."""

from typing import Annotated

import typer


def run(
    port: Annotated[int | None, typer.Option(help="port of the web pages; else KURZE_WEGE_PORT")] = None,
) -> None:
    """Run the installation that the environment describes; see docs/install.md."""
    import structlog

    from bot.bot_tokens import bot_tokens
    from bot.commands.learn import log_learning
    from bot.logs import set_up_logs
    from bot.messengers import load_aside
    from bot.serving import serve
    from bot.settings import read_settings, together, town_key
    from bot.standby import alone
    from bot.wiring import build_house, read_towns

    set_up_logs()
    log = structlog.get_logger()
    settings = read_settings()
    key, towns = together(lambda: town_key(settings), lambda: read_towns(settings))
    # a wrong one is told at the start, not when this process takes over
    tokens = bot_tokens(settings, [town.id for town in towns])

    def serve_towns() -> None:
        # read anew: this process may have waited for weeks, and the towns' files have changed since
        house = build_house(settings, key, read_towns(settings), every_language=False, tell=log_learning)
        if unreviewed := settings.unreviewed_languages:
            log.warning("languages offered without a native speaker's review", languages=unreviewed)
        serve(
            house,
            settings,
            settings.port if port is None else port,
            demo=False,
            ready=lambda address: log.info("ready", address=address, towns=list(house.towns)),
        )

    def waiting() -> None:
        log.info("another process serves this data; waiting to take over")
        load_aside({channel for _, channel in tokens})

    alone(settings, waiting=waiting, serve=serve_towns)
