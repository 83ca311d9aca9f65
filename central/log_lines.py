"""What a server writes about itself: one line of JSON for each event, and nothing in it about anybody.

A line has the time, what happened, the name of the route (never the path, which holds ids), status, milliseconds and
the request's own random id, which the answer carries too. It never has names, words of notes, addresses, tokens, keys
or ids of people, laptops, records. Of a fault it tells the kinds of the errors and the places in our code, never their
messages: those quote what was sent.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

REQUESTS = "central.requests"
_FIELDS = ("request", "route", "status", "ms", "sent", "attempt", "count")
"""What a record may carry in ``extra`` beside its sentence."""
_OURS = frozenset({"central", REQUESTS})
_HERE = Path(__file__).parent.parent


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "event": self._event(record)}
        line |= {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[1] is not None:
            line["fault"] = _fault(record.exc_info[1])
        return json.dumps({**line, "process": os.getpid()}, ensure_ascii=True)

    def _event(self, record: logging.LogRecord) -> str:
        """Our own sentences are filled in, for they name kinds and counts only; of others' the bare pattern."""
        return record.getMessage() if record.name in _OURS else f"{record.name}: {str(record.msg)[:200]}"


def write_json(stream: IO[str] | None = None) -> logging.Handler:
    """Send what the store and its server log to ``stream`` (standard error) as lines of JSON."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    for name in ("central", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.INFO)
        logger.addHandler(handler)
        logger.propagate = False
    return handler


def stop_writing(handler: logging.Handler) -> None:
    """The opposite of ``write_json``."""
    for name in ("central", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)
        logger.propagate = True


def _fault(error: BaseException) -> list[dict[str, Any]]:
    """The error and those it came of: what kind each is, and where it went through our code."""
    found: list[dict[str, Any]] = []
    one: BaseException | None = error
    while one is not None and len(found) < 5:
        frames = traceback.extract_tb(one.__traceback__)
        found.append({"kind": type(one).__name__, "at": [_place(frame) for frame in frames][-8:]})
        one = one.__cause__ or one.__context__
    return found


def _place(frame: traceback.FrameSummary) -> str:
    path = Path(frame.filename)
    name = path.relative_to(_HERE).as_posix() if path.is_relative_to(_HERE) else path.name
    return f"{name}:{frame.lineno} {frame.name}"
