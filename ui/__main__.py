"""``python -m ui`` opens the window; with words behind it, it is the ``fieldkit`` command."""

from __future__ import annotations

import sys

from ui.cli.main import entry_point

sys.exit(entry_point())
