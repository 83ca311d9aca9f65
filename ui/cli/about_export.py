"""``fieldkit export …``: everything of an assessment in one documented file, or in a folder with its files."""

from __future__ import annotations

import argparse

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
    _common(parser, "the file to write; - for standard output", "FILE")
    folder = with_vault(
        add(
            export, "folder", "Write the same with the files of all attachments into a new folder",
            exporting.export_folder,
            more="export.json lies in it, and the files in files/, decrypted, each with the SHA-256 that its record"
            " names.\nWhat a consent holds does not go out, nor does sound of somebody who is not attributable.",
            examples="""fieldkit export folder --out northshire
            python verify_export.py northshire/export.json""",
        )
    )  # fmt: skip
    _common(folder, "the folder to make", "FOLDER")


def _common(parser: argparse.ArgumentParser, out: str, metavar: str) -> None:
    parser.add_argument("--assessment", metavar="NAME", help="name or id; not needed while there is only one")
    parser.add_argument(
        "--although", default="", metavar="WHY",
        help="why it is made although questions are open (see fieldkit question list); stays with the export",
    )  # fmt: skip
    parser.add_argument("--out", required=True, metavar=metavar, help=out)
