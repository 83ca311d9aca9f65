"""A record of any kind of fieldwork with given words in every text, made from what its class says of itself."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from fieldkit.domain.assessment import Activity
from fieldkit.domain.fieldwork import FieldRecord
from fieldkit.domain.when import When
from fieldkit.kernel.ids import RecordId, new_id

SPECIAL: Mapping[str, Mapping[str, Any]] = {
    "restriction": {"roles": ("lead",), "people": ()},
    "attachment": {
        "exhibit": "AO-1", "sha256": "0" * 64, "original_sha256": "0" * 64, "media": "image/png", "visit": None,
        "size": 1,
    },
    "case": {"code": "C01", "visit": None, "activity": None, "person": None, "row": 1},
    "escalation": {"outcome": "", "closed_at": None, "visit": None},
    "touchpoint": {"when": When.on(date(2026, 11, 12)), "order": ""},
}  # fmt: skip
"""What has a form of its own."""
WORDLESS = frozenset({"conversation", "escalation_seen", "day_sheet"})
"""Kinds that hold numbers, days and names of the app only."""


def a_record(cls: type[FieldRecord], activity: Activity, words: str) -> FieldRecord:
    """A record of ``cls`` about ``activity`` with ``words`` wherever it takes words that somebody types."""
    known: dict[str, Any] = {
        "id": RecordId(new_id()),
        "assessment": activity.assessment,
        "about": RecordId(activity.id),
    }
    made: FieldRecord = _made(cls, {**known, **SPECIAL.get(cls.KIND, {})}, words)
    return made


def _made(cls: Any, known: Mapping[str, Any], words: str) -> Any:
    hints = typing.get_type_hints(cls)
    return cls(**{
        one.name: known[one.name] if one.name in known else _value(hints[one.name], one, words)
        for one in dataclasses.fields(cls)
        if one.init
    })  # fmt: skip


def _value(hint: Any, one: dataclasses.Field[Any], words: str) -> Any:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        hint = next(arg for arg in inner if arg is not type(None))
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if hint is str:
        return words
    if origin is tuple and inner and inner[0] is str:
        return (words,)
    if one.default is not dataclasses.MISSING:
        return one.default
    if one.default_factory is not dataclasses.MISSING:
        return one.default_factory()
    if isinstance(hint, typing.NewType):
        return hint(new_id())
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    if dataclasses.is_dataclass(hint):
        return _made(hint, {}, words)
    return {bool: False, int: 1, date: date(2026, 11, 12), datetime: datetime(2026, 11, 12, tzinfo=UTC)}.get(hint, ())
