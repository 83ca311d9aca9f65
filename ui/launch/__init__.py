"""The composition root: the only part of the screens that knows the vault, the wire and the central store.

Importing this costs nothing; everything is imported when it is first needed, so that the first screen is painted
before a database, a PDF writer or an HTTP client is loaded.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window and stay until it is closed; the exit code. ``--check`` proves a bundle and ends."""
    from ui.launch.program import run

    return run(sys.argv[:1] if argv is None else list(argv), check="--check" in sys.argv[1:])
