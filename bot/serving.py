"""Serves web chat and desk in one process and stops cleanly; what is served, others decide."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from types import FrameType
from typing import Any

import structlog
import uvicorn

from bot.appointments import Appointments
from bot.bot_tokens import bot_tokens
from bot.catalogue_desk import CatalogueDesk
from bot.catalogue_sheet import SheetDesk
from bot.channels.base import Sender
from bot.doors import MAIL, OFFER_MAIL, TELEGRAM
from bot.gap_board import Gaps
from bot.house import House
from bot.jobs import start_clock
from bot.lines import News, logged
from bot.mail_sender import MailSender
from bot.mail_settings import mail_settings
from bot.messengers import Messengers, Where
from bot.newcomer_desk import NewcomerDesk
from bot.offer_checks import OfferChecks
from bot.offer_letters import OfferMailSender
from bot.offer_questions import OfferQuestions
from bot.settings import Settings, SettingsError, listed
from bot.team_desk import TeamDesk
from bot.team_entry import TeamEntry
from bot.team_reach import TeamReach
from bot.web.app import web_app
from bot.web.desks import GuideDesks
from bot.web.site import WebSettings, WebTown

log = structlog.get_logger()

STOP_WITHIN = 5
"""Seconds for answers under way; with the bots and the writer the whole stop takes at most ten."""


PORT = "Choose another, such as --port 8010."
DEMO_PORT = "Choose another: `make demo PORT=8010`, or `kurze-wege demo --port 8010`."


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals end the loop but are not raised again: the house is still to be closed after it."""
        before = {number: signal.signal(number, self._stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.handle_exit(number, frame)


def serve(
    house: House,
    settings: Settings,
    port: int,
    *,
    demo: bool,
    ready: Callable[[str], None],
    tell: Callable[[News], None] = logged,
) -> None:
    """Runs until SIGTERM or Ctrl-C. `ready` is called with the address as soon as pages can be opened.

    `tell` is called when a bot can be reached, and when it no longer can.

    Raises:
        SettingsError: the port is taken, or a bot's token is none.
    """
    listening = _listening(settings.host, port, DEMO_PORT if demo else PORT)
    address = f"http://{settings.host}:{listening.getsockname()[1]}"
    bots = _bots(house, settings, tell)
    config = uvicorn.Config(
        _pages(house, settings, bots, demo=demo),
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=STOP_WITHIN,
    )
    stop_clock = start_clock(house)
    try:
        ready(settings.public_url or address)
        asyncio.run(_run(_Server(config), listening, bots))
    finally:
        stop_clock()
        house.writer.close()
        log.info("stopped")


def _bots(house: House, settings: Settings, tell: Callable[[News], None]) -> Messengers:
    return Messengers(
        house,
        bot_tokens(settings, tuple(house.towns)),
        settings.telegram_api.rstrip("/"),
        settings.telegram_updates == "webhook",
        tell,
        _mail(house, settings),
    )


def _mail(house: House, settings: Settings) -> dict[Where, Sender]:
    found = mail_settings(settings)
    if found is None:
        log.info("no mail server is set: who of the team has no Telegram hears nothing by mail")
        return {}
    from bot.channels.mail import Mail  # noqa: PLC0415 - only where mail is sent

    team, offers = MailSender(house, Mail(found)), OfferMailSender(house, Mail(found))
    senders: dict[Where, Sender] = {(town, MAIL): team for town in house.towns}
    return senders | {(town, OFFER_MAIL): offers for town in house.towns}


def _pages(house: House, settings: Settings, bots: Messengers, *, demo: bool) -> Any:
    return web_app(
        NewcomerDesk(house),
        GuideDesks(
            team=TeamDesk(house),
            entry=TeamEntry(house, demo=demo),
            appointments=Appointments(house),
            reach=TeamReach(house),
            catalogue=CatalogueDesk(house),
            sheet=SheetDesk(house),
            checks=OfferChecks(house),
            questions=OfferQuestions(house),
            gaps=Gaps(house),
        ),
        next(iter(house.towns.values())).script.wording,
        [
            WebTown(
                id=town.id,
                name=town.municipality.name,
                pages=town.municipality.pages,
                bot=partial(house.bot, town.id, TELEGRAM),
            )
            for town in house.towns.values()
        ],
        WebSettings(
            secret=house.secret,
            public_url=settings.public_url or None,
            proxies=frozenset(listed(settings.trusted_proxies)),
            demo=demo,
        ),
        bots,
    )


async def _run(server: uvicorn.Server, listening: socket.socket, bots: Messengers) -> None:
    """Pages and bots until the server is told to stop; a bot that fails for good ends all of it."""
    running = asyncio.create_task(bots.run())
    running.add_done_callback(lambda _: setattr(server, "should_exit", True))
    try:
        await server.serve(sockets=[listening])
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


def _listening(host: str, port: int, remedy: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise SettingsError([f"port {port} on {host} cannot be used ({error.strerror}). {remedy}"]) from None
    listening.listen(128)
    return listening
