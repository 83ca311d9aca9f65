"""``fieldkit central bundle …``: the office’s side of handing over without a network."""

from __future__ import annotations

from ui.cli import bundling
from ui.cli.about_urgent import add_to_office
from ui.cli.parser import Commands, add, group


def add_to(central: Commands) -> None:
    """Add ``bundle`` and ``urgent`` to ``central``."""
    bundle = group(
        central, "bundle", "Take in hand-over files from a stick", "fieldkit central bundle take office /media/stick"
    )
    parser = add(
        bundle, "take", "Take in hand-over files, and write a receipt file for each", bundling.take,
        more="Exactly what sending does, from a stick: twice, in any order or half copied does no harm. Receipt files\n"
        "lie beside them, to be carried back. Ends with 1 where something was missing or damaged.",
        examples="""fieldkit central bundle take office /media/stick
        fieldkit central bundle take office AO_2026-11-22_1.fieldbundle --receipts out""",
    )  # fmt: skip
    parser.add_argument("store", metavar="DIR", help="the store’s folder")
    parser.add_argument("places", nargs="+", metavar="PLACE", help="files, or folders of them")
    parser.add_argument("--receipts", metavar="FOLDER", help="where receipt files go (default: beside)")
    add_to_office(central)
