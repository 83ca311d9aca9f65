"""The key that links person codes to names: what the box of names holds, and how it is handed over to a lead.

Nothing of it is ever in the log: no list, search, count, export, report, sending or draft in clear knows a name. It
opens with a passphrase of its own, on the page of people and by nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from fieldkit.app.texts import typed
from fieldkit.domain.people import Person, survivors
from fieldkit.kernel.canonical import canonical, parse
from fieldkit.kernel.errors import Mistake, Refusal
from fieldkit.kernel.ids import AssessmentId, PersonId
from fieldkit.kernel.signing import new_box_keys, open_box, seal_to

_BOUND = b"fieldkit/names/v1"
_MARK = b"FieldKit names 1\n"
_STEP = 16 * 1024
_LENGTH_BYTES = 8
_KEY_BYTES = 32
LARGEST_FILE = 4 * 2**20
"""Bytes; ten thousand names are a quarter of it."""
LONGEST_NAME = 200
FILE_ENDING = ".fknames"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Who is behind a code; ``code`` as it was when the name was entered, for whom the person list is not here."""

    person: PersonId
    assessment: AssessmentId
    code: str
    name: str
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameKey:
    """What the box holds: the names, and the key pair that team-mates seal theirs to."""

    names: tuple[Named, ...] = field(default=())
    private: bytes = b""
    public: bytes = b""

    def to_content(self) -> dict[str, Any]:
        """What goes into the box."""
        return {
            "v": 1, "names": [_content(one) for one in self.names], "private": self.private.hex(),
            "public": self.public.hex(),
        }  # fmt: skip

    @classmethod
    def from_content(cls, raw: Mapping[str, Any]) -> NameKey:
        """What the box holds; an empty box holds no names."""
        if not raw:
            return cls()
        return cls(
            names=tuple(_named(one) for one in raw["names"]), private=bytes.fromhex(raw["private"]),
            public=bytes.fromhex(raw["public"]),
        )  # fmt: skip

    @classmethod
    def new(cls) -> NameKey:
        """An empty key with a key pair of its own."""
        private, public = new_box_keys()
        return cls(private=private, public=public)

    def name_of(self, person: Person, people: Iterable[Person] = ()) -> Named | None:
        """Who is behind a person's code, also where the name was entered under a code that was merged into theirs."""
        standing = survivors([*people, person])
        same = {one for one, other in standing.items() if other == standing[person.id]}
        found = [one for one in self.names if one.person in same]
        return next((one for one in found if one.person == person.id), found[0] if found else None)

    def with_name(self, person: Person, name: str, contact: str = "") -> NameKey:
        """Put a name behind a code. Raises ``Mistake('names.no_name' | 'names.too_long')``."""
        if not name.strip():
            raise Mistake("names.no_name", field="name")
        if max(len(name), len(contact)) > LONGEST_NAME:
            raise Mistake("names.too_long", field="name", longest=LONGEST_NAME)
        made = Named(
            person=person.id, assessment=person.assessment, code=person.code, name=typed(name), contact=typed(contact)
        )
        return replace(self, names=(*(one for one in self.names if one.person != person.id), made))

    def without(self, person: PersonId) -> NameKey:
        """Forget who is behind a code."""
        return replace(self, names=tuple(one for one in self.names if one.person != person))

    def by_code(self, assessment: AssessmentId) -> dict[str, str]:
        """The names of an assessment by code: what a line is compared with while it is typed."""
        return {one.code: one.name for one in self.names if one.assessment == assessment}

    def received(self, others: Iterable[Named]) -> NameKey:
        """With what was handed over; a name that is here already stays as it is."""
        held = {one.person for one in self.names}
        return replace(self, names=(*self.names, *(one for one in others if one.person not in held)))


def pack(names: Iterable[Named], to: bytes) -> bytes:
    """A file that only the holder of ``to`` can open; its length says how many names to the nearest 16 KiB."""
    inner = canonical({"v": 1, "names": [_content(one) for one in names]})
    whole = len(inner).to_bytes(_LENGTH_BYTES, "big") + inner
    return _MARK + to + seal_to(to, whole + bytes(-len(whole) % _STEP), _BOUND)


def unpack(data: bytes, key: NameKey) -> tuple[Named, ...]:
    """Open what was sealed to this key. Raises ``Refusal('names.not_a_file' | 'names.not_for_you')``."""
    body = data.removeprefix(_MARK)
    if len(body) == len(data) or len(body) <= _KEY_BYTES or len(data) > LARGEST_FILE:
        raise Refusal("names.not_a_file")
    if body[:_KEY_BYTES] != key.public:
        raise Refusal("names.not_for_you")
    try:
        whole = open_box(key.private, body[_KEY_BYTES:], _BOUND)
    except Refusal as error:
        raise Refusal("names.not_for_you") from error
    length = int.from_bytes(whole[:_LENGTH_BYTES], "big")
    try:
        raw = parse(whole[_LENGTH_BYTES : _LENGTH_BYTES + length])
        return tuple(_named(one) for one in raw["names"])
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal("names.not_a_file") from error


def _content(one: Named) -> dict[str, Any]:
    return {
        "person": one.person, "assessment": one.assessment, "code": one.code, "name": one.name, "contact": one.contact
    }  # fmt: skip


def _named(raw: Mapping[str, Any]) -> Named:
    values = [raw[name] for name in ("person", "assessment", "code", "name", "contact")]
    if not all(isinstance(value, str) for value in values):
        raise TypeError("not a name")
    return Named(
        person=PersonId(values[0]), assessment=AssessmentId(values[1]), code=values[2], name=values[3],
        contact=values[4],
    )  # fmt: skip
