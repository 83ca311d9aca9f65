"""Writes the protocol's description into ``docs/``: ``python -m central.protocol_doc``.

A test fails when what lies there is stale.
"""

from __future__ import annotations

import json
from pathlib import Path

from central.describe import Listing, description
from central.openapi import openapi

_HEAD = """# The protocol between laptops and the central store

Made from the code by `python -m central.protocol_doc`; do not edit. The same stands at `/docs` of every store, and as
OpenAPI at `/openapi.json` (here: `protocol.json`).
"""


def markdown() -> str:
    """The description as Markdown."""
    lines = [_HEAD]
    for section in description():
        lines.append(f"{'#' * section.level} {section.title}\n")
        lines += [_table(part) if isinstance(part, Listing) else part + "\n" for part in section.parts]
    return "\n".join(lines)


def document() -> str:
    """The OpenAPI document as text that reads well in a diff."""
    return json.dumps(openapi(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def write(folder: Path) -> None:
    """Write both files."""
    (folder / "protocol.md").write_text(markdown(), encoding="utf-8")
    (folder / "protocol.json").write_text(document(), encoding="utf-8")


def _table(listing: Listing) -> str:
    rows = [listing.columns, tuple("---" for _ in listing.columns), *listing.rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    write(Path(__file__).resolve().parents[1] / "docs")
