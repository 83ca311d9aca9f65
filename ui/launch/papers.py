"""What FieldKit is made of, and on which terms."""

from __future__ import annotations

from collections.abc import Callable

from fieldkit import __version__
from fieldkit.app.lanes import Lanes, run
from ui.presenters.services import Failed
from ui.presenters.settings.services import Licence

_LIBRARIES = (
    "PySide6-Essentials", "SQLAlchemy", "alembic", "sqlcipher3", "argon2-cffi", "cryptography", "reportlab", "PyYAML",
    "pydantic", "zstandard", "httpx2", "starlette", "uvicorn", "psycopg", "platformdirs", "pyxform", "openpyxl", "xlrd",
    "pillow", "pypdfium2", "defusedxml", "icalendar", "miniaudio", "obstore", "joserfc", "segno", "spake2",
    "prometheus-client", "python-docx", "holidays",
)  # fmt: skip
"""As pyproject.toml names them; a test compares."""
_WITH_THEM = (
    "shiboken6", "Mako", "MarkupSafe", "argon2-cffi-bindings", "cffi", "pycparser", "charset-normalizer",
    "annotated-types", "pydantic-core", "typing-extensions", "typing-inspection", "httpcore2", "truststore", "anyio",
    "idna", "h11", "click", "psycopg-binary", "et-xmlfile", "lark", "python-dateutil", "tzdata", "lxml", "six",
)  # fmt: skip
"""What those bring along: everything else in requirements.lock; a test compares."""
_UNSAID = {
    "pyxform": "BSD-2-Clause", "sqlcipher3": "Zlib; SQLCipher in it BSD-3-Clause, OpenSSL in it Apache-2.0",
}  # fmt: skip
"""Terms that a library has in a file of its own and not among the facts about it."""
_FILES = (("Atkinson Hyperlegible (font)", "fonts"), ("Lucide (icons)", "icons"), ("Word lists", "words"))


class PaperWork:
    """Implements ``ui.presenters.settings.services.Papers``."""

    def __init__(self, lanes: Lanes) -> None:
        self._lanes = lanes

    @property
    def version(self) -> str:
        """Of the program."""
        return __version__

    def licences(self, done: Callable[[tuple[Licence, ...]], None], failed: Failed) -> None:
        """Read from the files that came with each part."""
        run(self._lanes.work, self._lanes.deliver, read_licences, done, failed)


def read_licences() -> tuple[Licence, ...]:
    """Fonts, icons and word lists with their texts; then the libraries."""
    from resources import read_text

    own = [Licence(name=name, version="", terms="", text=read_text(folder, "LICENSE.txt")) for name, folder in _FILES]
    return (*own, *(_licence(name) for name in (*_LIBRARIES, *_WITH_THEM)))


def _licence(name: str) -> Licence:
    from importlib import metadata

    try:
        found = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return Licence(name=name, version="", terms="Part of this bundle")
    if name in _UNSAID:
        return Licence(name=name, version=found["Version"], terms=_UNSAID[name])
    said = [found[key] for key in ("License-Expression", "License") if key in found]
    terms = said[0].splitlines()[0] if said and said[0] else _classified(found.get_all("Classifier") or [])
    return Licence(name=name, version=found["Version"], terms=terms)


def _classified(lines: list[str]) -> str:
    prefix = "License :: "
    return ", ".join(line.rpartition(" :: ")[2] for line in lines if line.startswith(prefix))
