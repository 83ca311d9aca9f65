"""Where a vault may lie: not where another program copies files while they are being written."""

from __future__ import annotations

import os
from pathlib import Path

_SERVICES = {
    "onedrive": "OneDrive", "dropbox": "Dropbox", "google drive": "Google Drive", "googledrive": "Google Drive",
    "my drive": "Google Drive", "icloud drive": "iCloud", "iclouddrive": "iCloud", "mobile documents": "iCloud",
    "nextcloud": "Nextcloud", "owncloud": "ownCloud", "pcloud": "pCloud", "pclouddrive": "pCloud",
    "box sync": "Box", "syncthing": "Syncthing", "seafile": "Seafile", "megasync": "MEGA",
}  # fmt: skip
_PLAIN_WORDS = {"box": "Box", "mega": "MEGA"}
"""Folders that anybody may call so: only where the services' own programs put them, straight in the home folder."""
_MARKERS = {
    ".dropbox": "Dropbox", ".stfolder": "Syncthing", ".owncloudsync.log": "ownCloud", ".nextcloudsync.log": "Nextcloud",
    ".seafile-data": "Seafile", ".megaignore": "MEGA",
}  # fmt: skip
_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_NETWORK_KINDS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "fuse.sshfs", "davfs", "fuse.rclone"})
MOUNTS = Path("/proc/mounts")
_LONG = "\\\\?\\"
_REMOTE_DRIVE = 4  # GetDriveTypeW


def copied_by(folder: Path) -> str | None:
    """The service that copies this folder elsewhere (OneDrive, …) or "a network drive"; ``None`` for neither.

    Such a folder loses notes: the copy is taken between two writes, and the locks that keep a second program out
    do not hold over a network (SQLite's own list of how to corrupt a database, 2.1).
    """
    where = folder.absolute()
    for level in (where, *where.parents):
        name = level.name.casefold()
        for word, service in _SERVICES.items():
            if name == word or name.startswith((word + " - ", word + " (")):
                return service
        if name in _PLAIN_WORDS and level.parent == Path.home():
            return _PLAIN_WORDS[name]
        for marker, service in _MARKERS.items():
            if (level / marker).exists():
                return service
    for variable in _VARIABLES:
        if (root := os.environ.get(variable)) and where.is_relative_to(root):
            return "OneDrive"
    return "a network drive" if _is_network(where) else None


def _is_network(where: Path) -> bool:
    if os.name == "nt":
        return _is_network_drive(where)
    try:
        table = MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    best, kind = "", ""
    for line in table.splitlines():
        parts = line.split(" ")
        point = parts[1].replace("\\040", " ") if len(parts) > 2 else ""
        if point and len(point) >= len(best) and where.is_relative_to(point):
            best, kind = point, parts[2]
    return kind in _NETWORK_KINDS


def _is_network_drive(where: Path) -> bool:
    if is_share(str(where)):
        return True
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 -- the attribute exists on Windows only
    return bool(kernel.GetDriveTypeW(where.anchor.removeprefix(_LONG)) == _REMOTE_DRIVE)


def is_share(path: str) -> bool:
    r"""Whether a path of Windows leads to another computer, also spelled for long paths: ``\\?\UNC\server``."""
    return path.startswith(_LONG + "UNC\\") or (path.startswith("\\\\") and not path.startswith(_LONG))
