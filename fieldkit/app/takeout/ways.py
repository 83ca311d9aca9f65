"""The formats in which an assessment can be taken out, as people choose between them.

Apart from what writes them: with Word, workbooks and REFI-QDA behind it that is 55 ms of import, and the page in
Settings asks only for their names.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """A format."""

    FOLDER = "folder"
    JSON = "json"
    WORKBOOK = "workbook"
    TABLES = "tables"
    MARKDOWN = "markdown"
    REFI = "refi"
    CODEBOOK = "codebook"
    WORD = "word"


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """A format as people choose it. ``suffix`` is empty where a folder is made."""

    way: Way
    title: str
    what: str
    suffix: str = ""


WAYS: tuple[WayOut, ...] = (
    WayOut(
        way=Way.FOLDER, title="Everything, with its proof and files",
        what="A folder with export.json and all attached files. It can be checked by a stranger and taken in again",
    ),
    WayOut(
        way=Way.JSON, title="Everything, with its proof", suffix=".json",
        what="One file without the attached files. It can be checked by a stranger and taken in again",
    ),
    WayOut(
        way=Way.WORKBOOK, title="Tables as a workbook", suffix=".xlsx",
        what="Notes, tags, people, cases, scores and all other records as sheets, with a data dictionary",
    ),
    WayOut(way=Way.TABLES, title="Tables as CSV files", what="The same tables as a folder of files"),
    WayOut(
        way=Way.MARKDOWN, title="Pages to read, with files",
        what="A folder of plain text pages (Markdown) of activities, cases, scores, findings and all else, with files",
    ),
    WayOut(
        way=Way.WORD, title="Reports as Word documents",
        what="A folder with every report for the team: of each activity, case and statement, scores, findings",
    ),
    WayOut(
        way=Way.REFI, title="Project for analysis programs", suffix=".qdpx",
        what="REFI-QDA: codes, cases, texts, pictures and sound for NVivo, MAXQDA, ATLAS.ti, QualCoder and others",
    ),
    WayOut(
        way=Way.CODEBOOK, title="Codebook for analysis programs", suffix=".qdc",
        what="REFI-QDA: the frameworks’ statements and kinds of evidence as codes, no notes",
    ),
)  # fmt: skip


def way_out(way: Way) -> WayOut:
    """A format by its word."""
    return next(one for one in WAYS if one.way is way)
