"""The central store in a process of its own, to be killed: ``python -m tests.faults.store FOLDER PORT``."""

from __future__ import annotations

import sys
from pathlib import Path

from central.serve import serve
from central.settings import Settings

if __name__ == "__main__":
    serve(Settings(folder=Path(sys.argv[1]), port=int(sys.argv[2])))
