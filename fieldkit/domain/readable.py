"""Which records this version can read: one rule, on every laptop and at the office.

A revision of an unknown kind or a later shape is kept byte for byte and shown as made with a later version. One whose
content does not hold what its kind promises is kept too, but never shown as evidence: what a team-mate's laptop sends
is checked here before any screen, index or reader of the office meets it, so that nobody shows what others do not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from fieldkit.domain.assessment import Activity, Assessment, Assessor, Visit
from fieldkit.domain.entry import Addendum, Entry, Filing, Risk, Withdrawal
from fieldkit.domain.evidence import Acquisition, Bearing
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.domain.people import Person
from fieldkit.domain.revision import Envelope
from fieldkit.kernel.canonical import parse
from fieldkit.kernel.clock import from_stamp
from fieldkit.kernel.ids import is_id

LATER = "later"
UNREADABLE = "unreadable"
SEALED = "sealed"

Types = dict[str, tuple[type, ...]]
STRING = (str,)
_MAYBE = (str, type(None))
_FLAG = (bool,)
_LIST = (list,)
_BEARINGS = frozenset(one.value for one in Bearing)
_ACQUISITIONS = frozenset(one.value for one in Acquisition)
_ZONE = re.compile(r"[+-]\d\d:\d\d")
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
_TAG: Types = {"id": STRING, "pack": STRING, "statement": STRING, "category": STRING, "strong": _FLAG}
_ITEM: Types = {"id": STRING, "title": STRING, "starts": STRING}
_LISTS = {"evidence": _TAG, "added": _TAG, "items": _ITEM}


class Reader(NamedTuple):
    """How one kind is read: the newest shape known, the value's maker, and the types of its content's fields."""

    shape: int
    make: Callable[[str, dict[str, Any]], object]
    fields: Types


READERS: Mapping[str, Reader] = {
    "assessor": Reader(
        Assessor.SHAPE, lambda _record, body: Assessor.from_content(body),
        {"author": STRING, "name": STRING, "initials": STRING},
    ),
    "assessment": Reader(Assessment.SHAPE, Assessment.from_content, {"name": STRING, "packs": _LIST}),
    "visit": Reader(Visit.SHAPE, Visit.from_content, {"assessment": STRING, "name": STRING, "place": STRING}),
    "activity": Reader(
        Activity.SHAPE, Activity.from_content,
        {
            "assessment": STRING, "visit": STRING, "title": STRING, "starts": STRING, "ends": STRING,
            "place": STRING, "organisation": STRING, "items": _LIST,
        },
    ),
    "person": Reader(
        Person.SHAPE, Person.from_content,
        {"assessment": STRING, "visit": STRING, "code": STRING, "role": STRING, "organisation": STRING},
    ),
    "entry": Reader(
        Entry.SHAPE, Entry.from_content,
        {
            "assessment": STRING, "visit": STRING, "activity": STRING, "agenda_item": _MAYBE, "zone": STRING,
            "text": STRING, "speaker": _MAYBE, "exact": _FLAG, "follow_up": _FLAG, "own_view": _FLAG,
            "is_mark": _FLAG, "category": _MAYBE, "evidence": _LIST,
        },
    ),
    "addendum": Reader(
        Addendum.SHAPE, Addendum.from_content,
        {"assessment": STRING, "entry": STRING, "text": STRING, "reason": STRING},
    ),
    "filing": Reader(
        Filing.SHAPE, Filing.from_content, {"assessment": STRING, "entry": STRING, "added": _LIST, "removed": _LIST}
    ),
    "withdrawal": Reader(
        Withdrawal.SHAPE, Withdrawal.from_content,
        {"assessment": STRING, "entry": STRING, "reason": STRING, "stands": _FLAG},
    ),
    **{kind: Reader(made.SHAPE, made.from_content, made.FIELDS) for kind, made in FIELDWORK.items()},
}  # fmt: skip
"""Every kind that travels with its content."""


def parsed(content: bytes) -> dict[str, Any] | None:
    """The content as a JSON object; ``None`` where it is none, or nested beyond reason."""
    try:
        return parse(content)
    except ValueError:
        return None


def why_not(
    envelope: Envelope,
    content: bytes | None,
    read: Callable[[], dict[str, Any] | None],
    *,
    is_own: bool = False,
    readers: Mapping[str, Reader] = READERS,
) -> str | None:
    """Why a revision is not shown: ``later``, ``unreadable`` or ``sealed``; ``None`` if it can be read.

    ``read`` parses ``content``, and is called only where that is needed. What this very laptop wrote (``is_own``) needs
    no check of its spelling.
    """
    reader = readers.get(envelope.kind)
    if reader is None or envelope.shape > reader.shape:
        return LATER
    if content is None:
        return SEALED
    body = read()
    if body is None or not _holds_fields(envelope.kind, reader.fields, body) or not _in_its_place(envelope, body):
        return UNREADABLE
    return None if is_own or _is_spelt_well(envelope, reader, content, body) else UNREADABLE


def _is_spelt_well(envelope: Envelope, reader: Reader, content: bytes, body: dict[str, Any]) -> bool:
    try:
        if not _reads_one_way(content, body):
            return False
        if envelope.kind == "entry":
            _check_entry(body)
        else:
            reader.make(envelope.record, body)
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
        return False
    return True


def _reads_one_way(content: bytes, body: dict[str, Any]) -> bool:
    """Whether nobody can read the bytes another way: a search index, another language, a later version.

    Repeated keys, spaces, lone surrogates and other encodings could, so only the canonical bytes will do. To
    compare them takes 20 µs a note; a quicker look that counted keys let a spaced spelling through.
    """
    return _ENCODER.encode(body).encode("utf-8") == content


def _check_entry(body: dict[str, Any]) -> None:
    """What ``Entry.from_content`` would refuse, at a fifth of its price: most of what is pulled are notes."""
    from_stamp(body["noticed_at"])
    from_stamp(body["entered_at"])
    Risk(body["risk"])
    for tag in body["evidence"]:
        if tag["bearing"] not in _BEARINGS or tag.get("acquisition", "collected") not in _ACQUISITIONS:
            raise ValueError("not a tag")
    if not (body.get("about") is None or is_id(body["about"])) or not isinstance(body.get("origin", ""), str):
        raise ValueError("not a record's id or no text")
    if _ZONE.fullmatch(body["zone"]) is None:
        raise ValueError("not an offset from UTC")


def _holds_fields(kind: str, fields: Types, body: dict[str, Any]) -> bool:
    if not _typed(fields, body):
        return False
    for name in fields.keys() & _LISTS.keys():
        if not all(isinstance(value, dict) and _typed(_LISTS[name], value) for value in body[name]):
            return False
    return kind != "filing" or all(isinstance(value, str) for value in body["removed"])


def _typed(fields: Types, body: dict[str, Any]) -> bool:
    for name, types in fields.items():  # noqa: SIM110 - ``all`` of a generator takes four times as long
        if type(body.get(name, _typed)) not in types:
            return False
    return True


def _in_its_place(envelope: Envelope, body: dict[str, Any]) -> bool:
    # The central store checks membership of the envelope's assessment; a content that claims another one, or an
    # introduction in somebody else's name, would get past it.
    if envelope.kind == "assessor":
        return bool(body["author"] == envelope.author)
    if envelope.kind == "assessment":
        return str(envelope.record) == envelope.assessment
    return bool(body.get("assessment") == envelope.assessment)
