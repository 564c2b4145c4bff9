"""Static files under names that change with their content, so that phones load each once."""

import hashlib
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

FOLDER = Path(__file__).parent / "static"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class Assets:
    """All static files, read once at start."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._urls: dict[str, str] = {}
        self._files: dict[str, tuple[bytes, str]] = {}
        for path in sorted(path for path in folder.iterdir() if path.suffix in KINDS):
            content = path.read_bytes()
            served = f"{path.stem}.{hashlib.sha256(content).hexdigest()[:10]}{path.suffix}"
            self._urls[path.name] = f"/static/{served}"
            self._files[served] = (content, KINDS[path.suffix])

    def url(self, name: str) -> str:
        """Where `name` is served. Raises KeyError for a file that is not there."""
        return self._urls[name]

    async def serve(self, request: Request) -> Response:
        found = self._files.get(request.path_params["name"])
        if found is None:
            return PlainTextResponse("", status_code=404)
        content, kind = found
        return Response(
            content, media_type=kind, headers={"Cache-Control": "public, max-age=31536000, immutable"}
        )
