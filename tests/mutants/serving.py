"""A store with a seeded bug in it, in a process of its own: ``python -m tests.mutants.serving FOLDER [BUG]``."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from central.serve import serve
from central.settings import Settings
from tests.mutants.bugs import planted

if __name__ == "__main__":
    with suppress(KeyboardInterrupt), planted("".join(sys.argv[2:])):
        serve(Settings.load(Path(sys.argv[1])))
