"""What ``fieldkit blank`` does."""

from __future__ import annotations

from pathlib import Path

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk


def write(desk: Desk) -> int:
    """One sheet; a file of that name is replaced. Raises ``Mistake('blank.no_guide')``, ``guide.no_built_in``."""
    from fieldkit.app.guide_library import built_in
    from fieldkit.reports.blanks import TITLES, Blank, blank
    from fieldkit.reports.save import save

    options = desk.options
    kind = Blank(options.kind)
    if options.guide and kind is not Blank.INTERVIEW:
        raise Mistake("blank.no_guide")
    guide = built_in(options.guide).guide if options.guide else None
    path = Path(options.file)
    save(blank(kind, guide), path)
    desk.terminal.show({"kind": kind.value, "file": str(path)}, [f"{TITLES[kind]} written to {path}"])
    return faults.OK
