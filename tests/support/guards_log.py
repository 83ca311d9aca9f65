"""Guard: a log record of level WARNING or above that the test did not announce fails the test."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

# asyncio tells of a slow callback only in debug mode; Hypothesis and pytest log nothing of their own.
_IGNORED_LOGGERS = ("pytest-qt",)
_OURS = ("fieldkit", "storage", "sync", "central", "ui")


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith(_IGNORED_LOGGERS):
            self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


def unexpected(lines: list[str], expected: tuple[str, ...]) -> list[str]:
    """The lines that none of the ``expected`` patterns is found in."""
    return [line for line in lines if not any(re.search(pattern, line) for pattern in expected)]


def silenced() -> set[str]:
    """Loggers of our own that were switched off."""
    loggers = logging.root.manager.loggerDict.items()
    return {name for name, it in loggers if name.startswith(_OURS) and isinstance(it, logging.Logger) and it.disabled}


@contextmanager
def quiet_log(expected: tuple[str, ...]) -> Iterator[None]:
    """Fail on leaving when something unexpected was logged; patterns come from ``@pytest.mark.logs``."""
    collector = _Collector()
    silent_before = silenced()
    root = logging.getLogger()
    root.addHandler(collector)
    try:
        yield
    finally:
        root.removeHandler(collector)
    newly_silent = silenced() - silent_before  # logging.config does that, and every later test would hear nothing
    for name in newly_silent:
        logging.getLogger(name).disabled = False
    assert not newly_silent, f"loggers silenced: {sorted(newly_silent)}"
    loud = unexpected(collector.lines, expected)
    assert not loud, "unexpected log records (announce them with @pytest.mark.logs):\n" + "\n".join(loud)
