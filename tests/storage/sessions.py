"""Ends the sessions of a PostgreSQL database, as a restart of its server would."""

from sqlalchemy import create_engine, text

_END = text(
    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
    " WHERE application_name LIKE :name AND datname = current_database() AND pid <> pg_backend_pid()"
)


def end_sessions(url: str, name: str = "%") -> int:
    """Those whose application name is like the given one; how many there were, each gone now."""
    server = create_engine(url)
    with server.connect() as connection:
        ended = connection.execute(_END, {"name": name}).scalars().all()
    server.dispose()
    assert all(ended)
    return len(ended)
