"""Is there a screen? Qt ends the process with a core dump when there is none, so this is asked before Qt."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

NO_DISPLAY = (
    "FieldKit needs a screen and found none: start it from a desktop session, or set QT_QPA_PLATFORM=offscreen to run "
    "it without one."
)
_SECONDS = 2.0


def has_display(environ: Mapping[str, str] | None = None, platform: str = sys.platform) -> bool:
    """Whether a window can be opened. A platform named by ``QT_QPA_PLATFORM`` that needs no screen is accepted."""
    found = os.environ if environ is None else environ
    if platform in ("win32", "darwin"):
        return True
    chosen = found.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if chosen and chosen not in ("xcb", "wayland", "wayland-egl"):
        return True
    wayland = found.get("WAYLAND_DISPLAY", "")
    if wayland and chosen != "xcb":
        folder = Path(found.get("XDG_RUNTIME_DIR", "/run"))
        if (folder / wayland).exists():
            return True
    return _x_answers(found.get("DISPLAY", "")) and not chosen.startswith("wayland")


def _x_answers(display: str) -> bool:
    """Whether an X server listens at ``:0``, ``unix:1`` or ``host:10.0``."""
    host, colon, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not colon or not number.isdigit():
        return False
    try:
        if host in ("", "unix"):
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
                server.settimeout(_SECONDS)
                for name in (f"/tmp/.X11-unix/X{number}", f"\0/tmp/.X11-unix/X{number}"):
                    if server.connect_ex(name) == 0:
                        return True
            return False
        with socket.create_connection((host, 6000 + int(number)), _SECONDS):
            return True
    except OSError:
        return False
