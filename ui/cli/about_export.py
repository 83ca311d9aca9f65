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
        ),
        or_store=True,
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
        ),
        or_store=True,
    )  # fmt: skip
    _common(folder, "the folder to make", "FOLDER")
    _more(export)


def _more(export: Commands) -> None:
    """The formats for other programs."""
    tables = with_vault(
        add(
            export, "tables", "Write tables of everything: a workbook, or a folder of CSV files",
            exporting.export_tables,
            more="A name that ends in .xlsx gives one workbook, any other a folder. Dates are dates; a text that a"
            " spreadsheet\nwould take for a formula is marked as text. People are codes and roles, never names.",
            examples="""fieldkit export tables --out northshire.xlsx
            fieldkit export tables --out northshire-csv""",
        ),
        or_store=True,
    )  # fmt: skip
    _common(tables, "the workbook, or the folder to make", "FILE")
    markdown = with_vault(
        add(
            export, "markdown", "Write pages that anybody can read, and the attached files, into a new folder",
            exporting.export_markdown, examples="fieldkit export markdown --out northshire-pages",
        ),
        or_store=True,
    )  # fmt: skip
    _common(markdown, "the folder to make", "FOLDER")
    word = with_vault(
        add(
            export, "word", "Write every report for the team as a Word document, into a new folder",
            exporting.export_word, examples="fieldkit export word --out northshire-reports",
        ),
        or_store=True,
    )  # fmt: skip
    _common(word, "the folder to make", "FOLDER")
    refi = with_vault(
        add(
            export, "refi", "Write a REFI-QDA project (.qdpx) for programs of qualitative analysis",
            exporting.export_refi,
            more="What the standard cannot hold is said before it is written. Emoji and other characters that some"
            " programs\ncount twice are written as their names, so that every selection stays in its place.",
            examples="""fieldkit export refi --out northshire.qdpx
            fieldkit export refi --out northshire.qdpx --exact --compat""",
        ),
        or_store=True,
    )  # fmt: skip
    _common(refi, "the file to write", "FILE")
    refi.add_argument("--exact", action="store_true", help="leave every character as it was typed")
    refi.add_argument("--compat", action="store_true", help="a code beside each case, for programs that lose cases")
    book = with_vault(
        add(
            export, "codebook", "Write the frameworks as a REFI-QDA codebook (.qdc), without any note",
            exporting.export_codebook, examples="fieldkit export codebook --out northshire.qdc",
        ),
        or_store=True,
    )  # fmt: skip
    _common(book, "the file to write", "FILE")


def _common(parser: argparse.ArgumentParser, out: str, metavar: str) -> None:
    parser.add_argument("--assessment", metavar="NAME", help="name or id; not needed while there is only one")
    parser.add_argument(
        "--although", default="", metavar="WHY",
        help="why it is made although questions are open (see fieldkit question list); stays with the export",
    )  # fmt: skip
    parser.add_argument("--out", required=True, metavar=metavar, help=out)
