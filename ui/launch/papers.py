"""What FieldKit is made of and on which terms, and reports of problems without a word of anybody's notes."""

from __future__ import annotations

import platform
from collections.abc import Callable
from pathlib import Path

from fieldkit import __version__
from fieldkit.app.lanes import Lanes, run
from fieldkit.kernel.clock import Clock, to_stamp
from fieldkit.kernel.errors import Trouble
from ui.presenters.services import Failed
from ui.presenters.settings.services import Licence

_LIBRARIES = (
    "PySide6-Essentials", "SQLAlchemy", "alembic", "sqlcipher3", "argon2-cffi", "cryptography", "reportlab", "PyYAML",
    "pydantic", "zstandard", "httpx2", "starlette", "uvicorn", "psycopg", "platformdirs",
)  # fmt: skip
"""As pyproject.toml names them; a test compares."""
_FILES = (("Atkinson Hyperlegible (font)", "fonts"), ("Lucide (icons)", "icons"), ("Word lists", "words"))


class PaperWork:
    """Implements ``ui.presenters.settings.services.Papers``."""

    def __init__(self, lanes: Lanes, clock: Clock) -> None:
        self._lanes = lanes
        self._clock = clock

    @property
    def version(self) -> str:
        """Of the program."""
        return __version__

    def licences(self, done: Callable[[tuple[Licence, ...]], None], failed: Failed) -> None:
        """Read from the files that came with each part."""
        run(self._lanes.work, self._lanes.deliver, read_licences, done, failed)

    def report(self, path: Path, words: str, done: Callable[[], None], failed: Failed) -> None:
        """What the person wrote and facts of the program, nothing of a vault."""
        text = report_text(words, to_stamp(self._clock.now()))

        def write() -> None:
            from fieldkit.reports.save import write_private

            try:
                write_private(path, text.encode("utf-8"))
            except Trouble as error:
                raise Trouble("report.not_written", file=str(path)) from error

        run(self._lanes.work, self._lanes.deliver, write, lambda _: done(), failed)


def report_text(words: str, made_at: str) -> str:
    """The report as it is written; everything in it can be read before it is given away."""
    return "\n".join(
        (
            "FieldKit: report of a problem", "", "What happened, in the person's own words:", words.strip(), "",
            f"Made at     {made_at}", f"FieldKit    {__version__}", f"Python      {platform.python_version()}",
            f"System      {platform.system()} {platform.release()} {platform.machine()}",
            *(f"{name:<20}{_version(name)}" for name in _LIBRARIES), "",
            "Nothing of any assessment, person, note or vault is in this file.", "",
        )
    )  # fmt: skip


def read_licences() -> tuple[Licence, ...]:
    """Fonts, icons and word lists with their texts; then the libraries."""
    from resources import read_text

    own = [Licence(name=name, version="", terms="", text=read_text(folder, "LICENSE.txt")) for name, folder in _FILES]
    return (*own, *(_licence(name) for name in _LIBRARIES))


def _licence(name: str) -> Licence:
    from importlib import metadata

    try:
        found = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return Licence(name=name, version="", terms="Part of this bundle")
    said = [found[key] for key in ("License-Expression", "License") if key in found]
    terms = said[0].splitlines()[0] if said and said[0] else _classified(found.get_all("Classifier") or [])
    return Licence(name=name, version=found["Version"], terms=terms)


def _classified(lines: list[str]) -> str:
    prefix = "License :: "
    return ", ".join(line.rpartition(" :: ")[2] for line in lines if line.startswith(prefix))


def _version(name: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "in this bundle"
