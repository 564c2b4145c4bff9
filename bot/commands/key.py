"""`kurze-wege key`: makes the town's key; it stores it nowhere."""

import base64
import secrets
from typing import Annotated, Literal

import typer


def key(
    action: Annotated[Literal["new"], typer.Argument(help="new: a fresh key on standard output")],
) -> None:
    """Make the town's key. Without it nothing can be read, with it everything: keep it apart."""
    typer.echo(base64.b64encode(secrets.token_bytes(32)).decode())
    if action == "new":
        typer.echo(
            "Keep this key apart from the data and from backups, and make a sealed copy on paper.", err=True
        )
