"""A visitor without script, straight into the application; Starlette's own test client wants httpx2."""

import asyncio
from collections.abc import Mapping

import httpx
from starlette.applications import Starlette


class Browser:
    """Sends requests straight into the application."""

    def __init__(self, app: Starlette, base: str = "http://testserver", **headers: str) -> None:
        transport = httpx.ASGITransport(app=app)
        self._client = httpx.AsyncClient(transport=transport, base_url=base, headers=headers)

    @property
    def cookies(self) -> httpx.Cookies:
        return self._client.cookies

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        return asyncio.run(self._client.get(path, headers=headers))

    def post(
        self, path: str, data: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        return asyncio.run(self._client.post(path, data=dict(data or {}), headers=headers))

    def send(self, path: str, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
        """A body that is sent as it is."""
        return asyncio.run(self._client.post(path, content=body, headers=headers))
