"""Who someone is: keys, addresses, ways back. In a file (SQLite) or schema (PostgreSQL) of its own."""

from sqlalchemy import Column, Index, Integer, LargeBinary, Table

from storage.tables.columns import VAULT, Code, Id, UtcDateTime, metadata

accounts = Table(
    "accounts",
    metadata,
    Column("town", Code, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("key", LargeBinary, nullable=False),  # wrapped; without it nothing of the account can be read
    Column("consents", Integer, nullable=False),  # how many are recorded; none: a guest
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Index("ix_accounts_seen", "town", "seen_at"),
    schema=VAULT,
)

addresses = Table(
    "addresses",
    metadata,
    Column("town", Code, primary_key=True),
    Column("lookup", LargeBinary, primary_key=True),  # keyed hash of channel and address
    Column("account", Id, nullable=False),
    Column("channel", Code, nullable=False),
    Column("sealed", LargeBinary),  # the address itself, only where we must be able to write first
    Column("unreachable_at", UtcDateTime),  # since when nothing can be sent there
    Index("ix_addresses_account", "town", "account"),
    schema=VAULT,
)

member_addresses = Table(
    "member_addresses",
    metadata,
    Column("town", Code, primary_key=True),
    Column("lookup", LargeBinary, primary_key=True),  # keyed hash of channel and address
    Column("member", Id, nullable=False),
    Column("channel", Code, nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # under the town's key
    Column("writing_to", Id),  # the case for which "write" was tapped there last
    Column("added_at", UtcDateTime, nullable=False),
    Column("unreachable_at", UtcDateTime),
    Index("ix_member_addresses_member", "town", "member", "channel", unique=True),
    schema=VAULT,
)

resume_codes = Table(
    "resume_codes",
    metadata,
    Column("town", Code, primary_key=True),
    Column("account", Id, primary_key=True),
    Column("lookup", LargeBinary, nullable=False),
    Column("issued_at", UtcDateTime, nullable=False),
    Index("ix_resume_codes_lookup", "town", "lookup", unique=True),
    schema=VAULT,
)

resume_tries = Table(
    "resume_tries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("town", Code, nullable=False),
    Column("bucket", LargeBinary, nullable=False),  # keyed hash of where the try came from
    Column("at", UtcDateTime, nullable=False),
    Index("ix_resume_tries_bucket", "town", "bucket", "at"),
    schema=VAULT,
)

erasures = Table(
    "erasures",
    metadata,
    Column("town", Code, primary_key=True),
    # a keyed hash: the id itself would be the person's last trace, and a restored backup is checked as well
    Column("erased", LargeBinary, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    schema=VAULT,
)

key_check = Table(
    "key_check",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
    schema=VAULT,
)
