"""Builds the objects, shows the window, and puts everything away again in order."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from ui.launch.application import make_application
from ui.launch.display_found import NO_DISPLAY, has_display

NO_SCREEN = 3
ALREADY_OPEN = "FieldKit is open already, and its window was brought to the front."
ALREADY_OPEN_SILENT = "FieldKit is open already in another session of this computer. Close it there first."


def run(argv: Sequence[str], *, check: bool = False) -> int:
    """The whole program; the exit code: 0, or 3 without a screen or with a window open elsewhere."""
    if not has_display():
        print(NO_DISPLAY, file=sys.stderr)
        return NO_SCREEN
    if check:
        from ui.launch.self_check import run_check

        return run_check(argv)
    app = make_application(argv)
    from ui.launch.house import House
    from ui.launch.single_instance import SingleInstance
    from ui.places import find_places

    places = find_places()
    house: House | None = None

    def to_front() -> None:
        if house is not None:
            house.window.bring_to_front()

    single = SingleInstance(places.home, to_front)
    if not single.is_first:
        was_raised = single.call_first()
        print(ALREADY_OPEN if was_raised else ALREADY_OPEN_SILENT, file=sys.stderr)
        return 0 if was_raised else NO_SCREEN
    try:
        house = House(app, places)
        house.open()
        app.exec()
        house.shut_down()
    finally:
        single.close()
    if house.wants_restart:
        house.restart()
    return 0
