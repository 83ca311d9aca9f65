"""What is imported before the first paint: nothing that the first screen does not use (quality.md, "start")."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gui import worlds
from tests.support.tree import ROOT

HEAVY = {
    "sqlalchemy", "alembic", "sqlcipher3", "reportlab", "PIL", "pydantic", "httpx2", "httpcore", "starlette", "uvicorn",
    "anyio", "zstandard", "cryptography", "argon2", "psycopg", "yaml", "email", "http", "sqlite3", "asyncio",
    "storage.vault", "storage.engine", "storage.tables", "storage.keys", "sync", "central",
}  # fmt: skip
"""Each takes between 10 and 500 ms to import; none is needed to ask for a passphrase."""
OWN = {
    "ui.presenters.workbench", "ui.shell.desk", "ui.shell.screens", "ui.views.log", "ui.views.send",
    "ui.views.settings",
    "fieldkit.app.ports", "fieldkit.app.rows", "fieldkit.app.workspace", "fieldkit.frameworks", "fieldkit.reports",
    "fieldkit.capture", "fieldkit.domain.entry", "fieldkit.domain.framework",
}  # fmt: skip
"""Our own parts that belong to the open vault: dataclasses alone would take 200 ms to make."""
MOST = {True: 335, False: 260}
"""Modules in all of first run and of the locked screen, Python's and Qt's own included (a bare window has 190); each
costs some 0.3 ms."""
_PAINT = """
import json, os, sys
from pathlib import Path
from ui.launch.application import make_application
app = make_application(["start"])
from ui.launch.house import House
from ui.places import Places
house = House(app, Places(home=Path(sys.argv[1])))
house.open()
app.sendPostedEvents()
house.window.repaint()
print(json.dumps(sorted(sys.modules)))
sys.stdout.flush()
os._exit(0)
"""


def _imported(home: Path) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", _PAINT, str(home)], cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("is_new", [True, False], ids=["first run", "locked"])
def test_before_the_first_paint_only_what_the_first_screen_uses_is_imported(tmp_path: Path, is_new: bool) -> None:
    if not is_new:
        worlds.own(tmp_path)
    found = _imported(tmp_path)
    assert found & HEAVY == set()
    assert found & OWN == set()
    assert len(found) <= MOST[is_new]
