"""Alembic's steps; nothing imports them, storage/schema.py has them taken."""
