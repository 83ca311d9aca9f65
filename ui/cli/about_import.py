"""``fieldkit import …``: take an export into a vault."""

from __future__ import annotations

from ui.cli import importing
from ui.cli.parser import Commands, add, group, with_vault


def add_to(commands: Commands) -> None:
    """Add the group."""
    into = group(commands, "import", "Take an export in", "fieldkit import json northshire.json")
    parser = with_vault(
        add(
            into, "json", "Take in what fieldkit export json or folder wrote", importing.import_json,
            more="Every signature, digest, chain and file is proved first; one that does not hold refuses the whole"
            " file\nand changes nothing. What is here already stays as it is. From a folder the files come too.",
            examples="""fieldkit import json northshire.json
            fieldkit import json northshire --check
            fieldkit vault verify""",
        )
    )  # fmt: skip
    parser.add_argument("file", metavar="FILE", help="the file, or the folder that export folder made")
    parser.add_argument("--check", action="store_true", help="prove it and take nothing in")
