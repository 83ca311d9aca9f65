"""Use cases of restricted disclosures, over what an open box holds. Nothing of them is ever in the log.

The box holds disclosures taken here, those that were handed over to this person, the key pair of the role if they hold
it, and the keys of others who do, each trusted once somebody compared its six words.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from fieldkit.app.ports import Identity as Writer
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.records import keep
from fieldkit.app.texts import LONGEST_TEXT, typed
from fieldkit.domain.disclosure import Disclosure, HandOver, Identity, Pointer, new_reference
from fieldkit.kernel.canonical import canonical, parse
from fieldkit.kernel.errors import Finding, Mistake, Refusal
from fieldkit.kernel.ids import AssessmentId, RecordId, new_id
from fieldkit.kernel.signing import VerifyKey, fingerprint, new_box_keys, open_box, seal_to

_BOUND = b"fieldkit/disclosure/v1"
_SIGNED = b"fieldkit/disclosure/signed/v1\0"
_STEP = 16 * 1024
_LENGTH_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Somebody with the role: the name they are known by and the public key that disclosures are sealed to."""

    name: str
    public: bytes

    @property
    def words(self) -> tuple[int, ...]:
        """Six numbers, each a word, that two people compare before the key is trusted."""
        return fingerprint(self.public)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restricted:
    """What the box holds."""

    disclosures: tuple[Disclosure, ...] = field(default=())
    holders: tuple[Holder, ...] = field(default=())
    """Trusted ones."""
    private: bytes = b""
    public: bytes = b""
    """Of this person's own role; empty for who does not hold it."""

    def to_content(self) -> dict[str, Any]:
        """What goes into the box."""
        return {
            "v": 1, "disclosures": [one.to_content() for one in self.disclosures],
            "holders": [{"name": one.name, "public": one.public.hex()} for one in self.holders],
            "private": self.private.hex(), "public": self.public.hex(),
        }  # fmt: skip

    @classmethod
    def from_content(cls, raw: Mapping[str, Any]) -> Restricted:
        """What the box holds; an empty box holds nothing."""
        if not raw:
            return cls()
        return cls(
            disclosures=tuple(Disclosure.from_content(one) for one in raw["disclosures"]),
            holders=tuple(Holder(name=one["name"], public=bytes.fromhex(one["public"])) for one in raw["holders"]),
            private=bytes.fromhex(raw["private"]), public=bytes.fromhex(raw["public"]),
        )  # fmt: skip

    def disclosure(self, reference: str) -> Disclosure:
        """By its reference. Raises ``Mistake('disclosure.unknown')``."""
        for one in self.disclosures:
            if one.reference == reference.strip().upper():
                return one
        raise Mistake("disclosure.unknown", reference=reference)

    def _with(self, changed: Disclosure) -> Restricted:
        others = tuple(changed if one.id == changed.id else one for one in self.disclosures)
        return replace(self, disclosures=others)


def take(
    restricted: Restricted,
    assessment: AssessmentId,
    now: datetime,
    *,
    text: str,
    identity: Identity | None,
    taken_by: str,
    who: str = "",
    contact: str = "",
    about: str = "",
    organisation: str = "",
    wishes: str = "",
    told: str = "",
) -> tuple[Restricted, Disclosure]:
    """Add what was disclosed.

    Raises ``Mistake('disclosure.no_text' | 'disclosure.no_identity' | 'disclosure.no_who' | 'entry.too_long')``; of an
    anonymous one nothing of who spoke is kept.
    """
    finding = Finding()
    finding.when(not text.strip(), "disclosure.no_text", field="text")
    finding.when(identity is None, "disclosure.no_identity", field="identity")
    finding.when(identity in (Identity.KNOWN, Identity.PROTECTED) and not who.strip(), "disclosure.no_who", field="who")
    finding.settle()
    assert identity is not None
    said = {
        "text": text, "who": who, "contact": contact, "about": about, "organisation": organisation, "wishes": wishes,
        "told": told,
    }  # fmt: skip
    for name, words in said.items():
        _check_length(name, words)
    is_anonymous = identity is Identity.ANONYMOUS
    made = Disclosure(
        id=new_id(), assessment=assessment, reference=new_reference(), taken_at=now, text=typed(text),
        identity=identity, who="" if is_anonymous else typed(who), contact="" if is_anonymous else typed(contact),
        about=typed(about), organisation=typed(organisation), wishes=typed(wishes), told=typed(told),
        taken_by=taken_by,
    )  # fmt: skip
    return replace(restricted, disclosures=(*restricted.disclosures, made)), made


def add_words(restricted: Restricted, reference: str, text: str, now: datetime) -> Restricted:
    """Add to one. Raises ``Mistake('disclosure.no_text' | 'disclosure.unknown' | 'entry.too_long')``."""
    if not text.strip():
        raise Mistake("disclosure.no_text", field="text")
    _check_length("text", text)
    return restricted._with(restricted.disclosure(reference).with_addition(typed(text), now))


def handed_over(restricted: Restricted, reference: str, made: HandOver) -> Restricted:
    """Note to whom it went. Raises ``Mistake('disclosure.no_to' | 'disclosure.unknown')``."""
    if not made.to.strip():
        raise Mistake("disclosure.no_to", field="to")
    return restricted._with(restricted.disclosure(reference).with_hand_over(made))


def point_to(uow: UnitOfWork, assessment: AssessmentId, reference: str, passed_to: str) -> Pointer:
    """Write the neutral pointer into the main record: everybody on the team sees it.

    Raises ``Mistake('disclosure.no_passed_to' | 'disclosure.no_assessment')``.
    """
    if not passed_to.strip():
        raise Mistake("disclosure.no_passed_to", field="passed_to")
    if not assessment:
        raise Mistake("disclosure.no_assessment", field="passed_to")
    pointer = Pointer(
        id=RecordId(new_id()), assessment=assessment, reference=reference, on=uow.clock.now().astimezone().date(),
        passed_to=typed(passed_to),
    )  # fmt: skip
    keep(uow, pointer)
    return pointer


def hold_role(restricted: Restricted) -> Restricted:
    """Make the key pair of the role for this person, once."""
    if restricted.public:
        return restricted
    private, public = new_box_keys()
    return replace(restricted, private=private, public=public)


def trust(restricted: Restricted, holder: Holder) -> Restricted:
    """Trust a holder's key: two people have compared its words. Raises ``Mistake('disclosure.no_to')``."""
    if not holder.name.strip():
        raise Mistake("disclosure.no_to", field="name")
    others = tuple(one for one in restricted.holders if one.public != holder.public)
    return replace(restricted, holders=(*others, holder))


def pack(disclosure: Disclosure, writer: Writer, to: bytes) -> bytes:
    """Seal one to a holder's key, with who took it and their laptop's signature inside.

    Outside there is nothing but its length, in steps of 16 KiB.
    """
    body = canonical({**disclosure.to_content(), "taken_by": writer.name})
    inner = canonical(
        {
            "author": writer.author, "device": writer.device, "key": writer.key.public.hex(),
            "body": base64.b64encode(body).decode("ascii"), "signature": writer.key.sign(_SIGNED + body).hex(),
        }
    )  # fmt: skip
    whole = len(inner).to_bytes(_LENGTH_BYTES, "big") + inner
    return seal_to(to, whole + bytes(-len(whole) % _STEP), _BOUND)


def unpack(sealed: bytes, private: bytes) -> Disclosure:
    """Open what was sealed to this person. Raises ``Refusal('disclosure.not_for_you' | 'disclosure.not_proved')``."""
    try:
        whole = open_box(private, sealed, _BOUND)
    except Refusal as error:
        raise Refusal("disclosure.not_for_you") from error
    length = int.from_bytes(whole[:_LENGTH_BYTES], "big")
    try:
        inner = parse(whole[_LENGTH_BYTES : _LENGTH_BYTES + length])
        body = base64.b64decode(inner["body"], validate=True)
        key = VerifyKey(bytes.fromhex(inner["key"]))
        if not key.holds(bytes.fromhex(inner["signature"]), _SIGNED + body):
            raise Refusal("disclosure.not_proved")
        return Disclosure.from_content(parse(body))
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal("disclosure.not_proved") from error


def _check_length(name: str, text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise Mistake("entry.too_long", field=name, longest=f"{LONGEST_TEXT:,}")


def receive(restricted: Restricted, received: Sequence[Disclosure]) -> Restricted:
    """Add what was handed over to this person; what is here already stays as it is."""
    held = {one.id: one for one in received} | {one.id: one for one in restricted.disclosures}
    first = [one.id for one in restricted.disclosures]
    fresh = [id_ for id_ in held if id_ not in first]
    return replace(restricted, disclosures=tuple(held[id_] for id_ in (*first, *fresh)))
