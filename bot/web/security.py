"""Headers every answer carries, and the check that a form was sent from one of our own pages."""

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.site import WebSettings

SWITCHED_OFF = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
    "browsing-topics",
)


def content_policy(settings: WebSettings) -> str:
    """Everything from this server only; form-action counts for redirects too, so the way out is named."""
    return "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "script-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            f"form-action 'self' {settings.exit_origin}",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


class SecurityHeaders:
    """Puts the same careful headers on every answer; pages are never cached unless they say otherwise."""

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self.app = app
        self.always = {
            "Content-Security-Policy": content_policy(settings),
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Permissions-Policy": ", ".join(f"{name}=()" for name in SWITCHED_OFF),
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        if settings.secure:
            self.always["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self.always)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, send_with_headers)


def comes_from_us(request: Request, settings: WebSettings) -> bool:
    """False if the browser says that another site sent this form.

    `Origin: null` is what browsers send under `Referrer-Policy: no-referrer`, and phones before 2023
    send no Sec-Fetch-Site: both pass here and rest on the form token alone.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin", "null")
    if origin == "null":
        return True
    ours = urlsplit(settings.public_url).netloc if settings.public_url else request.headers.get("host", "")
    return urlsplit(origin).netloc == ours
