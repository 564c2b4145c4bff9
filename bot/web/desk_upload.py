"""A page of the desk that takes a file: of somebody who may not send one nothing is read."""

from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import replace

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import Response

from bot.web.addresses import address_of
from bot.web.desk_access import FIELDS, Guarded, Visit

LARGEST = 12_000_000
"""Bytes of the whole form. A file that is a little too large is told so by whoever reads it."""

HEARD_OUT = 60_000_000
"""Of a form larger than that the line is cut: a browser shows an answer only when all is sent."""

TOO_LARGE = (
    "Die Datei ist zu groß: höchstens 10 MB. Behalten Sie nur die Angebote, oder teilen Sie die Tabelle auf."
)
BROKEN = "Die Datei ist nicht richtig angekommen. Bitte versuchen Sie es noch einmal."


class _TooLarge(MultiPartException):
    """More is sent than we take."""


class Taking(Guarded):
    """As every page, but whoever sends is known before the file is read, and the file is in memory alone."""

    async def answer(self, request: Request) -> Response:
        try:
            return await super().answer(request)
        except MultiPartException as error:
            visit = replace(self._unread(request), member=await self._member(request))
            large = isinstance(error, _TooLarge)
            return self.door.refuse(visit, TOO_LARGE if large else BROKEN, 413 if large else 400)
        finally:
            sent: FormData = getattr(request.state, "sent", FormData())
            await sent.close()

    async def _visit(self, request: Request) -> Visit:
        visit = replace(self._unread(request), member=await self._member(request))
        if not self._may(visit):
            return visit
        if not request.headers.get("content-type", "").startswith("multipart/form-data"):
            return replace(visit, form=await request.form(max_files=0, max_fields=FIELDS))
        parser = MultiPartParser(request.headers, _bounded(request.stream()), max_files=1, max_fields=FIELDS)
        parser.spool_max_size = LARGEST  # else a file of more than a megabyte is written to the disk
        request.state.sent = await parser.parse()
        return replace(visit, form=request.state.sent)

    def _unread(self, request: Request) -> Visit:
        address = address_of(request, self.door.settings.proxies)
        return Visit(request=request, member=None, form=FormData(), address=address)


async def _bounded(stream: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    """What is sent, up to the limit; what comes after is heard and not kept. Raises _TooLarge at its end."""
    passed = 0
    async for piece in stream:
        passed += len(piece)
        if passed <= LARGEST:
            yield piece
    if passed > LARGEST:
        raise _TooLarge("more is sent than we take")


async def sent_file(visit: Visit, name: str) -> tuple[str, bytes] | None:
    """Name and bytes of the file in this field; None if none was chosen."""
    file = visit.form.get(name)
    if not isinstance(file, UploadFile) or not file.filename:
        return None
    return file.filename, await file.read()
