"""The project's own files and syntax trees, for tests that hold the house rules."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("fieldkit", "storage", "sync", "central", "ui", "resources")
_CODE = (*PACKAGES, "bench", "tests")
_TEXT_SUFFIXES = {
    ".py",
    ".md",
    ".toml",
    ".yaml",
    ".yml",
    ".json",
    ".sh",
    ".spec",
    ".txt",
    ".lock",
    ".cfg",
    ".ini",
    ".html",
    ".css",
}
_FOLDERS = (*_CODE, "docs", "scripts", ".ci")
_SKIPPED = {"__pycache__", "build", "dist", "node_modules"}


def python_files(*packages: str) -> list[Path]:
    """Python files of the named packages (all code where none is named)."""
    return [path for package in packages or _CODE for path in sorted((ROOT / package).rglob("*.py")) if _ours(path)]


def text_files() -> Iterator[Path]:
    """Every text file that belongs to the project, top-level ones too."""
    for folder in _FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and _ours(path) and (path.suffix in _TEXT_SUFFIXES or path.suffix == ""):
                yield path
    for path in sorted(ROOT.iterdir()):
        if path.is_file() and (path.suffix in _TEXT_SUFFIXES or path.name in ("Makefile", ".gitignore")):
            yield path


def name(path: Path) -> str:
    """The path as a reader of the project knows it."""
    return path.relative_to(ROOT).as_posix()


@functools.cache
def parsed(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _ours(path: Path) -> bool:
    return not _SKIPPED.intersection(path.relative_to(ROOT).parts)
