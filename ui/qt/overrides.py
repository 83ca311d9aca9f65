"""An error in our own part of a Qt event is told as every other: it must not end the program.

Before Python 3.12 an error that C raised ("Internal C++ object already deleted") travels as its bare words until a
handler of some Python function takes it up. PySide6 6.11 reads those words as if they were the error itself where one
of our functions that Qt calls fails inside a call of ours to Qt (``sendEvent``, ``resize``, ``setFocus``): a
segmentation fault, and no crash sheet. One handler round each such function is enough. Told upstream's way of saying
it, the error then comes out of that call of ours: "Error calling Python override of QWidget::eventFilter(): …".
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import wraps
from inspect import CO_VARARGS, CO_VARKEYWORDS
from types import FunctionType
from typing import Any

from PySide6.QtCore import QObject

_HELD = "_is_held"


def hold_errors() -> None:
    """Put a handler round what every class that is made from now on overrides of Qt's."""
    if sys.version_info < (3, 12) and "__init_subclass__" not in vars(QObject):
        setattr(QObject, "__init_subclass__", classmethod(_take))  # noqa: B010 - mypy knows no way to say it


def unheld(kind: type[QObject]) -> Iterator[str]:
    """Names of what ``kind`` overrides without such a handler; none is what is wanted."""
    return (name for name, _ in _overridden(kind))


def _take(kind: type[Any], /, **more: Any) -> None:
    super(QObject, kind).__init_subclass__(**more)
    for name, function in list(_overridden(kind)):
        setattr(kind, name, _held(function))


def _overridden(kind: type[QObject]) -> Iterator[tuple[str, FunctionType]]:
    qts = [vars(one) for one in kind.__mro__ if one.__module__.startswith("PySide6.")]
    for name, function in vars(kind).items():
        is_open = isinstance(function, FunctionType) and not hasattr(function, _HELD)
        if is_open and not name.startswith("__") and any(name in one for one in qts):  # Qt calls no __init__
            yield name, function


def _held(function: FunctionType) -> Callable[..., Any]:
    code = function.__code__
    is_plain = not (function.__defaults__ or code.co_kwonlyargcount or code.co_flags & (CO_VARARGS | CO_VARKEYWORDS))
    made = (_HOLDERS.get(code.co_argcount, _hold_any) if is_plain else _hold_any)(function)
    setattr(made, _HELD, True)
    return wraps(function)(made)


def _hold_any(function: Callable[..., Any]) -> Callable[..., Any]:
    def held(*values: Any, **named: Any) -> Any:
        try:
            return function(*values, **named)
        except BaseException:  # taking it up is all: from here on it is an error, not words about one
            raise

    return held


def _hold_event(function: Callable[..., Any]) -> Callable[..., Any]:
    """Of itself and an event, as most are: a quarter of the time that any number of values takes."""

    def held(one: Any, event: Any) -> Any:
        try:
            return function(one, event)
        except BaseException:  # as above
            raise

    return held


def _hold_filter(function: Callable[..., Any]) -> Callable[..., Any]:
    def held(one: Any, watched: Any, event: Any) -> Any:
        try:
            return function(one, watched, event)
        except BaseException:  # as above
            raise

    return held


_HOLDERS = {2: _hold_event, 3: _hold_filter}
"""By how many values a function takes, itself among them, where all of them are always given."""
