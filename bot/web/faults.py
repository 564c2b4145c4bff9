"""The last net: what no page has caught becomes a short answer with emergency numbers, and a log line."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.incidents import incident

SORRY = "Das hat nicht geklappt. / This did not work.  112 · 110  ({number})"


class Faults:
    """Outermost of all: nothing of an exception reaches the visitor, and nothing of its text the log."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as error:  # noqa: BLE001 - whatever it is, its text may hold what somebody wrote
            number = incident("unforeseen", error)
            if scope["type"] == "http" and not begun:
                answer = PlainTextResponse(SORRY.format(number=number), status_code=500)
                await answer(scope, receive, send)
