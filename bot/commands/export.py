"""`kurze-wege export`: writes a town's offers into a file that can be filled in and imported again."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.in_town import DataDir, Demo, opened

if TYPE_CHECKING:
    from catalog.offer import Offer
    from storage.store import Store


def export(
    to: Annotated[
        Path, typer.Option("--to", help="file to write: .xlsx, .csv or .json (Open Referral HSDS 3)")
    ],
    town: Annotated[str, typer.Option(help="code of the town; needed where there are several")] = "",
    template: Annotated[
        bool, typer.Option("--template", help="with a row that shows how to fill it in")
    ] = False,
    demo: Demo = False,
    data_dir: DataDir = None,
) -> None:
    """Write the town's own offers; what it shares with other towns is not among them."""
    from bot.files.formats import Writing, write_file

    with opened(town, demo=demo, data_dir=data_dir) as (municipality, writer):

        def work(store: "Store") -> "tuple[Offer, ...]":
            # before the first start or import the town's files are its catalogue
            return store.catalogue.own_offers() if store.catalogue.version() else municipality.own

        offers = writer.run(municipality.id, work)
    write_file(to, Writing(offers=offers, town=municipality.id, template=template))
    typer.echo(f"{municipality.name}: {len(offers)} entries written to {to}")
