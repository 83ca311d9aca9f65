"""Guard: a log record of level WARNING or above that the test did not announce fails the test."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

# asyncio tells of a slow callback only in debug mode; Hypothesis and pytest log nothing of their own.
_IGNORED_LOGGERS = ("pytest-qt",)


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


@contextmanager
def quiet_log(expected: tuple[str, ...]) -> Iterator[None]:
    """Fail on leaving when something unexpected was logged; patterns come from ``@pytest.mark.logs``."""
    collector = _Collector()
    root = logging.getLogger()
    root.addHandler(collector)
    try:
        yield
    finally:
        root.removeHandler(collector)
    loud = unexpected(collector.lines, expected)
    assert not loud, "unexpected log records (announce them with @pytest.mark.logs):\n" + "\n".join(loud)
