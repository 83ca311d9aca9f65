"""Joining an office: redeem a one-time code, pin the store's key for ever, and show both keys as words.

The laptop makes its key pair itself and proves that it holds it; the store proves itself by signing its reply
together with this very request. That keeps a recording out; an impostor who has the code's whole conversation in
hand is found out by two people reading six words to each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fieldkit.app.ports import Enrolment, Identity
from fieldkit.domain.invitation import seal_of, split_address
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import Mistake, Refusal
from fieldkit.kernel.signing import VerifyKey, fingerprint
from sync.address import checked_address
from sync.http import CentralStore
from sync.link import Call
from sync.translate import read_message
from sync.wire.messages import EnrolReply, EnrolRequest
from sync.wire.requests import enrol_message, enrolled_message, from_base64, to_base64
from sync.wire.routes import ENROL
from sync.wire.version import PROTOCOL

_SHORTEST_CODE, _LONGEST_CODE = 4, 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """An enrolment the office has granted, and each key's six numbers of the word list (``signing.fingerprint``)."""

    enrolment: Enrolment
    store_numbers: tuple[int, ...]
    laptop_numbers: tuple[int, ...]


def enrol(
    url: str,
    code: str,
    identity: Identity,
    call: Call,
    *,
    clock: Clock,
    app: str,
    connect: Callable[[str], CentralStore],
) -> Enrolled:
    """``ask`` and ``keep`` in one step, where nobody compares words in between. Raises as they do."""
    done = ask(url, code, identity, clock=clock, app=app, connect=connect)
    keep(done, call)
    return done


def ask(
    url: str,
    code: str,
    identity: Identity,
    *,
    clock: Clock,
    app: str,
    connect: Callable[[str], CentralStore],
) -> Enrolled:
    """Redeem ``code`` at ``url``; the vault knows nothing of it until ``keep``, and asking again does no harm.

    ``url`` may end in the seal of an invitation (``fieldkit.domain.invitation``): the store that answers then has to
    hold the key that the seal names, or ``Refusal('enrol.other_key')`` is raised.

    Raises ``Mistake('send.address…')`` or ``Mistake('send.code')`` for what was typed, ``Refusal('central.…')``
    for a code that is wrong, used or out of time, ``Trouble`` for the way there.
    """
    plain, seal = split_address(url)
    address = checked_address(plain)
    typed = code.strip()
    if not _SHORTEST_CODE <= len(typed) <= _LONGEST_CODE:
        raise Mistake("send.code", field="code")
    request = _signed(typed, identity, app)
    far = connect(address)
    try:
        raw = far.ask(ENROL, request)
    finally:
        far.close()
    return granted(address, raw, enrolled_message(request.model_dump(), raw), identity, clock, seal)


def granted(
    url: str, raw: dict[str, Any], message: bytes, identity: Identity, clock: Clock, seal: str = ""
) -> Enrolled:
    """What the store at ``url`` granted, once its signature over ``message`` holds; ``seal`` as in ``ask``.

    Raises ``Refusal('send.not_our_office' | 'enrol.other_key')`` or ``Trouble('wire.damaged')``.
    """
    reply = _proved(raw, message)
    if seal and seal != seal_of(bytes.fromhex(reply.store)):
        raise Refusal("enrol.other_key", address=url)
    enrolment = Enrolment(
        office=reply.office, url=url, user=reply.user, store_key=bytes.fromhex(reply.store),
        recovery_key=bytes.fromhex(reply.recovery_key) if reply.recovery_key else None,
        enrolled_at=clock.now(),
    )  # fmt: skip
    return Enrolled(
        enrolment=enrolment, store_numbers=fingerprint(enrolment.store_key),
        laptop_numbers=fingerprint(identity.key.public),
    )  # fmt: skip


def keep(done: Enrolled, call: Call) -> None:
    """Pin the office: the two who read the words to each other found them the same. Sending may begin.

    Raises ``Refusal('vault.enrolled_elsewhere')`` where another office has given receipts already.
    """
    call(lambda store: store.keep_enrolment(done.enrolment))


def _signed(code: str, identity: Identity, app: str) -> EnrolRequest:
    body: dict[str, Any] = {
        "protocol": PROTOCOL, "code": code, "device": identity.device, "device_key": identity.key.public.hex(),
        "author": identity.author, "name": identity.name, "initials": identity.initials, "app": app,
    }  # fmt: skip
    return EnrolRequest(**body, proof=to_base64(identity.key.sign(enrol_message(body))))


def _proved(raw: dict[str, Any], message: bytes) -> EnrolReply:
    """Check that the store which named its key also holds it. Raises ``Refusal('send.not_our_office')``."""
    reply = read_message(EnrolReply, raw)
    key = VerifyKey(bytes.fromhex(reply.store))
    proof = from_base64(reply.proof)
    if len(proof) != 64 or not key.holds(proof, message):
        raise Refusal("send.not_our_office")
    return reply
