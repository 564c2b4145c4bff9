"""Ways back: a code to write down, by which someone finds their conversation again on another device."""

import base64
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select

from storage.errors import TooManyTries
from storage.tables.vault import resume_codes, resume_tries
from storage.transaction import Repository

TRIES = 10
TRIES_WITHIN = timedelta(hours=1)

_CODE_BYTES = 10  # 80 random bits: 16 letters and digits
_MISREAD = str.maketrans("018", "OIB")  # not in the code's alphabet, but what people write down


class Resume(Repository):
    __slots__ = ()

    def issue(self, account_id: str, now: datetime) -> str:
        """A new code, four groups of four; the former one is void. Raises StorageError without an account."""
        self._in.seal_of(account_id)
        code = base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode()
        self._in.put(resume_codes, "account", account=account_id, lookup=self._lookup(code), issued_at=now)
        return "-".join(code[at : at + 4] for at in range(0, len(code), 4))

    def redeem(self, code: str, now: datetime, bucket: str) -> str | None:
        """Id of the account, once; None if no such code is valid. `bucket` is where the try came from.

        Raises:
            TooManyTries: ten wrong codes were tried from there within the last hour.
        """
        place = self._in.keys.lookup("resume.bucket", self._in.town, bucket)
        self._check_tries(place, now)
        found = self._in.of_town(resume_codes, lookup=self._lookup(_as_issued(code)))
        row = self._in.one(delete(resume_codes).where(found).returning(resume_codes.c.account))
        if row is None:  # only wrong codes count: a whole accommodation may come back through one address
            self._in.execute(insert(resume_tries).values(town=self._in.town, bucket=place, at=now))
        return row and str(row.account)

    def _check_tries(self, bucket: bytes, now: datetime) -> None:
        recent = self._in.of_town(resume_tries, bucket=bucket) & (resume_tries.c.at > now - TRIES_WITHIN)
        tries = self._in.execute(select(func.count()).where(recent)).scalar_one()
        if tries >= TRIES:
            raise TooManyTries("Too many codes were tried from here; another may be tried in an hour.")

    def _lookup(self, code: str) -> bytes:
        return self._in.keys.lookup("resume.code", self._in.town, code)


def _as_issued(typed: str) -> str:
    return "".join(mark for mark in typed.upper().translate(_MISREAD) if mark.isalnum())
