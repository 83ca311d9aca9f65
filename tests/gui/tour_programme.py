"""The tour's stops at the programme: a file taken in beside the visit, and who is where; all by keys."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt

from tests.gui.stage import Stage
from tests.gui.tour_interview import unlock

_Key = Qt.Key
TABLE = """Date,Start,End,Activity,Room,Stream,Assessor
12 November 2026,09:30,12:00,ICB board,Board room,A,AS
,10:00,11:00,Interview: chief nurse,Room 2,B,BM
,10:30,11:30,Focus group: carers,Hall,C,AS
,13:00,13:45,Interview: matron,Room 2,B,
,14:00,,Record review,Office 4,A,"AS, BM"
13 November 2026,25:00,,Late start,,,
"""


def programme(visitor: object) -> None:
    """From a file with a bad row to the table of the day."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "visit.agenda")
    open_file(stage, TABLE)
    take("88-programme-file")
    take_good(stage)
    take("88b-visit-who-goes")
    open_where(stage)
    take("89-programme")


def open_file(stage: Stage, table: str) -> None:
    """``Programme from a file``, and the name of one."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "programme.csv"
        path.write_text(table, encoding="utf-8")
        stage.window.commands.run("programme_file")
        stage.until(lambda: stage.focus.objectName() == "programme.file")
        stage.type(str(path))
        stage.press(_Key.Key_Return)
        stage.until(lambda: stage.shows("programme.preview"))
    stage.settle()


def take_good(stage: Stage) -> None:
    """The good rows."""
    stage.tab_to("programme.good")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "visit.agenda")
    stage.settle()


def open_where(stage: Stage) -> None:
    """Who is where, as Ctrl+K and its name do."""
    stage.window.commands.run("programme")
    stage.until(lambda: stage.focus.objectName() == "programme.table")
    stage.settle()
