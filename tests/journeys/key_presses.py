"""The hands of the main job: a process of its own that runs the real window and presses keys, and nothing but keys.

Run as ``python -m tests.journeys.key_presses STEP HOME FACTS`` by the test, which kills it in the middle of a word.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from fieldkit.kernel.clock import SystemClock
from tests.gui.stage import PASSPHRASE, Stage
from ui.launch.program import make_application

_Key = Qt.Key


def tell(**facts: Any) -> None:
    """One line for the test to read."""
    print(json.dumps(facts), flush=True)


def log_until_killed(stage: Stage, facts: dict[str, Any]) -> None:
    """First run, enrol, visit, people, the notes, half a word; then wait for the end."""
    stage.set_up()
    stage.finish_set_up((facts["url"], facts["code"]))
    stage.create_visit(facts["agenda"])
    stage.open_log()
    for code, role in facts["people"]:
        stage.alt(_Key.Key_P)
        stage.until(lambda: stage.focus.objectName() == "person.code")
        stage.type(f"{code}\t{role}")
        stage.press(_Key.Key_Return)
        stage.until(lambda: stage.focus.objectName() == "log.capture")
    for line in facts["lines"]:
        stage.note(line)
    stage.settle()
    stage.type(facts["half"])
    stage.pass_seconds(1.0)
    assert stage.bench.log is not None
    tell(typed=facts["half"], notes=len(stage.bench.log.rows.rows))
    while True:  # the test kills this process now
        stage.pass_seconds(0.1)
        time.sleep(0.05)


def finish(stage: Stage, facts: dict[str, Any]) -> None:
    """Unlock, find the words, end the sentence, send, close."""
    stage.until(lambda: stage.focus.objectName() == "unlock.passphrase")
    stage.type(PASSPHRASE)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.window.desk is not None, 60)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    bench = stage.bench
    assert bench.log is not None
    tell(found=bench.log.line.state.text, says=bench.log.state.recovered)
    stage.note(facts["rest"])
    stage.settle()
    stage.chord(_Key.Key_7)
    stage.chord(_Key.Key_S, shift=True)
    stage.until(lambda: bench.send.state.is_all_there, 60)
    stage.until(lambda: bench.status.state.waiting.endswith("at the office"))
    tell(headline=bench.send.state.headline, status=bench.status.state.waiting)


def main(step: str, home: str, facts: dict[str, Any]) -> int:
    """Run one step."""
    make_application(["journey"])
    stage = Stage(Path(home), clock=SystemClock())
    try:
        (log_until_killed if step == "log" else finish)(stage, facts)
    finally:
        stage.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], json.loads(Path(sys.argv[3]).read_text(encoding="utf-8"))))
