"""Where Telegram brings updates, if told to: believed only with the bot's secret, confirmed once saved."""

from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.incidents import incident
from storage.errors import StorageError

SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name
LARGEST_UPDATE = 1024 * 1024
"""Bytes; an answer to a long message carries both, six bytes a letter, and what is refused comes again."""


class Bots(Protocol):
    async def bring(self, where: tuple[str, str], secret: str, raw: bytes) -> bool:
        """False if it does not come from the messenger; raises StorageError if it is not saved."""


def webhook_route(bots: Bots) -> Route:
    """One address for each bot."""

    async def brought(request: Request) -> Response:
        where = (request.path_params["town"], request.path_params["channel"])
        try:
            known = await bots.bring(where, request.headers.get(SECRET, ""), await request.body())
        except StorageError as error:
            return Response(status_code=503, headers={"X-Incident": incident("webhook", error)})
        return Response(status_code=200 if known else 404)

    address = "/telegram/{town}/{channel}"
    return Route(address, brought, methods=["POST"], max_body_size=LARGEST_UPDATE)
