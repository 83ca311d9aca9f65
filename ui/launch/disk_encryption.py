"""Whether the disk is encrypted by the system itself, as far as it can be known without being an administrator."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_SECONDS = 10
_ON = frozenset({"1", "3", "5"})
"""``System.Volume.BitLockerProtection``: on, being encrypted while on, and on but not yet locked by a key."""
_OFF = frozenset({"2", "4"})
_ASK_WINDOWS = (
    "(New-Object -ComObject Shell.Application).NameSpace('{drive}').Self"
    ".ExtendedProperty('System.Volume.BitLockerProtection')"
)
_BLOCK = Path("/sys/dev/block")


def disk_encryption(folder: Path, platform: str = sys.platform, block: Path = _BLOCK) -> bool | None:
    """True or false for the disk with ``folder``; None where it cannot be told. Takes up to some seconds."""
    try:
        if platform == "win32":
            return _bitlocker(folder)
        if platform == "darwin":
            return _file_vault()
        return _is_crypt(block, folder)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def _bitlocker(folder: Path) -> bool | None:
    command = _ASK_WINDOWS.format(drive=folder.anchor.removeprefix("\\\\?\\").rstrip("\\"))
    answer = _said("powershell", "-NoProfile", "-NonInteractive", "-Command", command)
    return True if answer in _ON else False if answer in _OFF else None


def _file_vault() -> bool | None:
    answer = _said("fdesetup", "status")
    return True if "is On" in answer else False if "is Off" in answer else None


def _said(*command: str) -> str:
    quiet = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False, creationflags=quiet)
    return done.stdout.strip()


def _is_crypt(block: Path, folder: Path) -> bool | None:
    """Linux: the device with the folder, or the one below it, is a dm-crypt mapping. A folder in memory has none."""
    number = folder.stat().st_dev
    device = block / f"{number >> 8 & 0xFFF}:{number & 0xFF | number >> 12 & 0xFFF00}"
    if not device.exists():
        return None
    return _has_crypt(device.resolve(), 4)


def _has_crypt(device: Path, levels: int) -> bool:
    uuid = device / "dm" / "uuid"
    if uuid.exists() and uuid.read_text(encoding="ascii", errors="replace").startswith("CRYPT-"):
        return True
    below = device / "slaves"
    return levels > 0 and below.is_dir() and any(_has_crypt(one.resolve(), levels - 1) for one in below.iterdir())
