"""``fieldkit export json``: everything of an assessment in one documented file."""

from __future__ import annotations

from ui.cli import exporting
from ui.cli.parser import Commands, add, group, with_vault


def add_to(commands: Commands) -> None:
    """Add the group."""
    export = group(
        commands, "export", "Take everything of an assessment out", "fieldkit export json --out northshire.json"
    )
    parser = with_vault(
        add(
            export, "json", "Write one JSON file with everything, and the proof of it", exporting.export_json,
            more="Needs no connection and no office. The file holds every note in clear: it is not encrypted.\n"
            "docs/export.md describes it; a stranger can check it with docs/verify_export.py.",
            examples="""fieldkit export json --out northshire.json
            fieldkit export json --assessment Northshire --out - | jq '.notes | length'""",
        )
    )  # fmt: skip
    parser.add_argument("--assessment", metavar="NAME", help="name or id; not needed while there is only one")
    parser.add_argument("--out", required=True, metavar="FILE", help="the file to write; - for standard output")
