"""What a crash report may hold: places in the program and versions, never words, names, folders or values.

An exception's message is left out, because it may quote a note; the code of one of our own errors is kept.
"""

from __future__ import annotations

import platform
import sys
import traceback
from pathlib import PurePath
from types import TracebackType

from fieldkit.kernel.errors import FieldKitError

_PLACES = 30  # frames nearest to the fault; a deep recursion would fill the sheet otherwise


def crash_report(error: BaseException, trace: TracebackType | None, *, version: str) -> str:
    """The report of ``error``, ready to be copied."""
    lines = [f"FieldKit {version}", _machine(), ""]
    lines += [f"  {place}" for place in _places(trace)]
    lines += [_kind(error)]
    seen: set[int] = {id(error)}
    cause = error.__cause__ or error.__context__
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines += ["after", *(f"  {place}" for place in _places(cause.__traceback__)), _kind(cause)]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines) + "\n"


def _machine() -> str:
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {sys.byteorder} endian"


def _kind(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return f"{kind} ({error.code})" if isinstance(error, FieldKitError) else kind


def _places(trace: TracebackType | None) -> list[str]:
    return [f"{_short(f.filename)}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)][-_PLACES:]


def _short(filename: str) -> str:
    """The last three parts of a path: enough to find the line, and without the person's home folder."""
    parts = PurePath(filename).parts
    for anchor in ("site-packages", "lib"):
        if anchor in parts:
            return "/".join(parts[parts.index(anchor) + 1 :][-3:])
    return "/".join(parts[-3:])
