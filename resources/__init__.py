"""Data files shipped with FieldKit, found the same way in a checkout, an installed package and a frozen folder.

A file is named by its parts: ``read_text("words", "large.txt")``. Nothing else in the program works out where it lies.
"""

from __future__ import annotations

from pathlib import Path

_ROOT = Path(__file__).resolve().parent


def path(*parts: str) -> Path:
    """Where the file or folder lies. Raises ``FileNotFoundError`` where there is none.

    FieldKit is never run from a zip file (Qt's fonts and SQLCipher need real files), so a path always exists.
    """
    found = _ROOT.joinpath(*parts)
    if not found.exists():
        raise FileNotFoundError(f"no resource {'/'.join(parts)}")
    return found


def read_bytes(*parts: str) -> bytes:
    """The file's bytes. Raises ``FileNotFoundError``."""
    return path(*parts).read_bytes()


def read_text(*parts: str) -> str:
    """The file's text, which is UTF-8. Raises ``FileNotFoundError``."""
    return path(*parts).read_text(encoding="utf-8")
