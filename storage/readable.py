"""Which revisions this version can read, and reading them.

A revision of an unknown kind or a later shape is kept byte for byte and shown as made with a later version. One whose
content does not hold what its kind promises is kept too, but never shown as evidence: what a team-mate's laptop sends
is checked here before any screen or index meets it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from fieldkit.domain.assessment import Activity, Assessment, Assessor, Visit
from fieldkit.domain.entry import Addendum, Entry, Filing, Withdrawal
from fieldkit.domain.people import Person
from storage.custody import Custody
from storage.log import Logged

LATER = "later"
UNREADABLE = "unreadable"
SEALED = "sealed"

REVISABLE = frozenset({"assessor", "assessment", "visit", "activity", "person"})
"""Kinds that are shown by their heads; each has rows in ``records``."""

POINTERS = frozenset({"addendum", "filing", "withdrawal"})
"""Kinds that say something of an entry."""

_READERS: dict[str, tuple[int, Callable[[str, dict[str, Any]], object]]] = {
    "assessor": (Assessor.SHAPE, lambda _record, body: Assessor.from_content(body)),
    "assessment": (Assessment.SHAPE, Assessment.from_content),
    "visit": (Visit.SHAPE, Visit.from_content),
    "activity": (Activity.SHAPE, Activity.from_content),
    "person": (Person.SHAPE, Person.from_content),
    "entry": (Entry.SHAPE, Entry.from_content),
    "addendum": (Addendum.SHAPE, Addendum.from_content),
    "filing": (Filing.SHAPE, Filing.from_content),
    "withdrawal": (Withdrawal.SHAPE, Withdrawal.from_content),
    "custody": (Custody.SHAPE, lambda _record, body: Custody.from_content(body)),
}
_ZONE = re.compile(r"[+-]\d\d:\d\d")
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_Types = dict[str, tuple[type, ...]]
_STRING = (str,)
_MAYBE = (str, type(None))
_FLAG = (bool,)
_LIST = (list,)
_FIELDS: dict[str, _Types] = {
    "assessor": {"author": _STRING, "name": _STRING, "initials": _STRING},
    "assessment": {"name": _STRING, "packs": _LIST},
    "visit": {"assessment": _STRING, "name": _STRING, "place": _STRING},
    "activity": {
        "assessment": _STRING, "visit": _STRING, "title": _STRING, "starts": _STRING, "ends": _STRING,
        "place": _STRING, "organisation": _STRING, "items": _LIST,
    },
    "person": {"assessment": _STRING, "visit": _STRING, "code": _STRING, "role": _STRING, "organisation": _STRING},
    "entry": {
        "assessment": _STRING, "visit": _STRING, "activity": _STRING, "agenda_item": _MAYBE, "zone": _STRING,
        "text": _STRING, "speaker": _MAYBE, "exact": _FLAG, "follow_up": _FLAG, "own_view": _FLAG, "is_mark": _FLAG,
        "category": _MAYBE, "evidence": _LIST,
    },
    "addendum": {"assessment": _STRING, "entry": _STRING, "text": _STRING, "reason": _STRING},
    "filing": {"assessment": _STRING, "entry": _STRING, "added": _LIST, "removed": _LIST},
    "withdrawal": {"assessment": _STRING, "entry": _STRING, "reason": _STRING, "stands": _FLAG},
    "custody": {"detail": _STRING},
}  # fmt: skip
_TAG: _Types = {"id": _STRING, "pack": _STRING, "statement": _STRING, "category": _STRING, "strong": _FLAG}
_ITEM: _Types = {"id": _STRING, "title": _STRING, "starts": _STRING}
_LISTS = {"evidence": _TAG, "added": _TAG, "items": _ITEM}


def why_not(item: Logged) -> str | None:
    """Why this revision is not projected: ``later``, ``unreadable`` or ``sealed``; ``None`` if it can be read."""
    envelope = item.revision.envelope
    reader = _READERS.get(envelope.kind)
    if reader is None or envelope.shape > reader[0]:
        return LATER
    if item.is_made:
        return None
    if item.revision.content is None:
        return SEALED
    body = item.content()
    if body is None or not _holds_fields(envelope.kind, body) or not _in_its_place(item, body):
        return UNREADABLE
    return None if item.here or _holds_from_elsewhere(item, body) else UNREADABLE


def decode(item: Logged) -> Any:
    """The domain value of a readable revision."""
    body = item.content()
    if body is None:
        raise ValueError("no content")
    envelope = item.revision.envelope
    return _READERS[envelope.kind][1](envelope.record, body)


def _holds_from_elsewhere(item: Logged, body: dict[str, Any]) -> bool:
    envelope = item.revision.envelope
    try:
        # Anything but canonical bytes (repeated keys, lone surrogates, another encoding) could read one way here
        # and another way in the search index.
        if _ENCODER.encode(body).encode("utf-8") != item.revision.content:
            return False
        _READERS[envelope.kind][1](envelope.record, body)
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
        return False
    return envelope.kind != "entry" or _ZONE.fullmatch(body["zone"]) is not None


def _holds_fields(kind: str, body: dict[str, Any]) -> bool:
    if not _typed(_FIELDS[kind], body):
        return False
    for name in _FIELDS[kind].keys() & _LISTS.keys():
        if not all(isinstance(value, dict) and _typed(_LISTS[name], value) for value in body[name]):
            return False
    return kind != "filing" or all(isinstance(value, str) for value in body["removed"])


def _typed(fields: _Types, body: dict[str, Any]) -> bool:
    for name, types in fields.items():  # noqa: SIM110 - ``all`` of a generator takes four times as long
        if type(body.get(name, _typed)) not in types:
            return False
    return True


def _in_its_place(item: Logged, body: dict[str, Any]) -> bool:
    # The central store checks membership of the envelope's assessment; a content that claims another one, or an
    # introduction in somebody else's name, would get past it.
    envelope = item.revision.envelope
    if envelope.kind == "assessor":
        return bool(body["author"] == envelope.author)
    if envelope.kind == "assessment":
        return str(envelope.record) == envelope.assessment
    return bool(body.get("assessment") == envelope.assessment)
