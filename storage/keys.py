"""Keys and sealing: what derives from the town's key and what one account's key can do; it stores nothing."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import StorageError, WrongKey

KEY_BYTES = 32
_NONCE_BYTES = 12  # what AES-GCM asks for (NIST SP 800-38D, 8.2)


class Seal:
    """AES-256-GCM under one key; every value is bound to a purpose label and the id of its row."""

    __slots__ = ("_cipher", "_key")

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._cipher = AESGCM(key)

    def close(self, purpose: str, row: str, content: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, _bound_to(purpose, row))

    def open(self, purpose: str, row: str, sealed: bytes) -> bytes:
        """Raises WrongKey if the value was sealed under another key, for another purpose or another row."""
        nonce, content = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, content, _bound_to(purpose, row))
        except InvalidTag:
            raise WrongKey(
                f"A sealed value ({purpose}) does not open: another key, or the file was changed."
            ) from None

    def mark(self, purpose: str, parts: Sequence[str]) -> bytes:
        """A value that is the same for the same parts and says nothing without the key."""
        return _keyed_hash(self._key, (purpose, *parts))


class Keys:
    """What derives from the town's key: to wrap account keys, to look up, to seal without an account."""

    __slots__ = ("_lookup", "_wrap", "sealing")

    def __init__(self, *, wrap: bytes, lookup: bytes, sealing: bytes) -> None:
        self._wrap = Seal(wrap)
        self._lookup = lookup
        self.sealing = Seal(sealing)

    @classmethod
    def from_town_key(cls, town_key: bytes) -> Self:
        """Raises StorageError unless the key has 32 bytes."""
        if len(town_key) != KEY_BYTES:
            raise StorageError(f"The town key has {len(town_key)} bytes, {KEY_BYTES} are needed.")
        return cls(
            wrap=_derived(town_key, "wrap"),
            lookup=_derived(town_key, "lookup"),
            sealing=_derived(town_key, "sealing"),
        )

    def new_account_key(self, town: str, account: str) -> bytes:
        """A fresh random key, wrapped: destroying this value destroys all that is sealed under it."""
        return self._wrap.close("accounts.key", f"{town}/{account}", secrets.token_bytes(KEY_BYTES))

    def unwrap(self, town: str, account: str, wrapped: bytes) -> Seal:
        return Seal(self._wrap.open("accounts.key", f"{town}/{account}", wrapped))

    def lookup(self, purpose: str, *parts: str) -> bytes:
        """The keyed hash under which something is found again without being kept."""
        return _keyed_hash(self._lookup, (purpose, *parts))


def _derived(town_key: bytes, use: str) -> bytes:
    info = f"kurze-wege/{use}/1".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(town_key)


def _bound_to(purpose: str, row: str) -> bytes:
    return f"{purpose}\0{row}".encode()


def _keyed_hash(key: bytes, parts: Sequence[str]) -> bytes:
    digest = hmac.new(key, digestmod=hashlib.sha256)
    for part in parts:
        raw = part.encode()
        # with its length in front, ("ab", "c") and ("a", "bc") stay two different things
        digest.update(len(raw).to_bytes(4, "big") + raw)
    return digest.digest()
