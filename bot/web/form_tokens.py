"""Signed tokens in forms: proof that a page of ours, shown to this very visitor, was sent."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable

VALID_SECONDS = 24 * 3600


class FormTokens:
    """Tokens bound to a cookie's value, or to nothing for a visitor who has none yet."""

    def __init__(self, secret: bytes, clock: Callable[[], float] = time.time) -> None:
        if len(secret) < 16:
            raise ValueError("the secret that signs forms needs at least 16 bytes")
        self._secret = secret
        self._clock = clock

    def issue(self, bound_to: str) -> str:
        # Random each time: pages are compressed, and a constant token could be guessed from their length.
        stem = f"{secrets.token_urlsafe(9)}.{int(self._clock())}"
        return f"{stem}.{self._sign(stem, bound_to)}"

    def holds(self, token: str, bound_to: str) -> bool:
        if not token.isascii():  # a form may claim any encoding, and lone surrogates cannot be signed
            return False
        stem, _, signature = token.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._sign(stem, bound_to).encode()):
            return False
        issued = int(stem.rpartition(".")[2])
        return 0 <= self._clock() - issued + 60 <= VALID_SECONDS

    def _sign(self, stem: str, bound_to: str) -> str:
        body = f"form\0{stem}\0{bound_to}".encode()
        return hmac.new(self._secret, body, hashlib.sha256).hexdigest()[:40]
