"""One of several server processes: makes the application of the store that its parent named.

The parent listens and passes the socket on; this process opens the store for itself.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, replace
from pathlib import Path

from starlette.types import ASGIApp

from central.app import make_app
from central.core import open_core
from central.figures import Figures
from central.log_lines import write_json
from central.ringing_thread import ring_behind
from central.running_settings import RunningSettings
from central.settings import Settings
from central.watched import Watched
from fieldkit.kernel.memory import keep_freed

FOLDER, RUNNING = "FIELDKIT_STORE_FOLDER", "FIELDKIT_STORE_RUNNING"
"""Variables that the parent sets for its children alone."""


def tell_children(settings: Settings) -> None:
    """Set what ``make`` reads."""
    os.environ[FOLDER] = str(settings.folder)
    os.environ[RUNNING] = json.dumps(asdict(settings.running))


def make() -> ASGIApp:
    """The watched application, with everything that runs behind it."""
    settings = Settings.load(Path(os.environ[FOLDER]))
    running = RunningSettings(**json.loads(os.environ[RUNNING]))
    if running.logs == "json":
        write_json()
    figures: Figures | None = None
    if running.metrics_port:
        from central.metrics import RequestFigures

        figures = RequestFigures()
    keep_freed()
    core = open_core(replace(settings, running=running), may_migrate=False)
    ring_behind(core)
    return Watched(make_app(core), core, figures)
