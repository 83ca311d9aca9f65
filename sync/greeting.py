"""Hello: the only connectivity test, and the only reply that is believed before anything else is.

A reply counts once the pinned key has signed it together with our own fresh nonce. Whatever else answers with a
cheerful 200 (a hotel's sign-in page, another office's store, a recording of yesterday) is not the office.
"""

from __future__ import annotations

import os
from typing import Any

from fieldkit.app.ports import SyncState
from fieldkit.domain.office_policy import OfficePolicy
from fieldkit.domain.receipt import Signed, Witness, read_certificate
from fieldkit.kernel.errors import Refusal, Trouble
from fieldkit.kernel.signing import VerifyKey
from sync.http import CentralStore
from sync.laptop import word_of
from sync.reconcile import EXPIRED, REVOKED, SUCCEEDED, Heard
from sync.teams import parts_of
from sync.translate import hello_request, read_message, signed_certificate, witness
from sync.wire.messages import HelloReply
from sync.wire.requests import from_base64, hello_message
from sync.wire.routes import HELLO
from sync.wire.version import PROTOCOL

MOST_WITNESSES = 1000
"""What one hello may carry. More gather only when half a million notes were read without a hello in between."""


def say_hello(far: CentralStore, state: SyncState, app: str) -> tuple[Heard, Signed]:
    """Greet the store and prove who answered; the certificate comes back signed, to be kept.

    Every witness is put to the store, in as many hellos as that takes, before any of them may be dropped.
    """
    groups = [state.witnesses[n : n + MOST_WITNESSES] for n in range(0, len(state.witnesses), MOST_WITNESSES)]
    for group in groups[:-1]:
        heard, signed = _ask(far, state, group, app)
        if heard.epoch != state.epoch:
            return heard, signed
    return _ask(far, state, groups[-1] if groups else (), app)


def _ask(far: CentralStore, state: SyncState, witnesses: tuple[Witness, ...], app: str) -> tuple[Heard, Signed]:
    nonce = os.urandom(32).hex()
    raw = far.ask(HELLO, hello_request(state, witnesses, nonce, app), state.identity)
    reply = _proved(raw, nonce, state.enrolment.store_key)
    if not reply.protocol_oldest <= PROTOCOL <= reply.protocol:
        raise Refusal("send.version", spoken=PROTOCOL, oldest=reply.protocol_oldest, newest=reply.protocol)
    signed = signed_certificate(reply.certificate, reply.certificate_signature)
    certificate = read_certificate(signed, VerifyKey(state.enrolment.store_key))
    if certificate.device != state.identity.device or certificate.epoch != reply.epoch:
        raise Refusal("receipt.malformed")
    heard = Heard(
        epoch=reply.epoch, is_fork=reply.fork or reply.status == SUCCEEDED, is_revoked=reply.status == REVOKED,
        news=frozenset(reply.news), certificate=certificate, witness=witness(reply.witness), now=reply.now,
        policy=_policy(reply), is_adviser=reply.adviser, is_expired=reply.status == EXPIRED,
        laptop=word_of(reply), parts=parts_of(reply),
        erasures=None if reply.erasures is None else (reply.erasures, reply.erasures_count),
        signs_in=reply.sign_in is not None, sign_in_due=reply.sign_in is not None and reply.sign_in.due,
    )  # fmt: skip
    return heard, signed


def _policy(reply: HelloReply) -> OfficePolicy:
    """What a later store decides that is not understood here counts as not decided: sending goes on."""
    if reply.policies is None:
        return OfficePolicy()
    try:
        return OfficePolicy.from_content(reply.policies.model_dump())
    except (ValueError, TypeError, KeyError):
        return OfficePolicy()


def _proved(raw: dict[str, Any], nonce: str, store_key: bytes) -> HelloReply:
    """Check the proof before the form: nothing unsigned is read any further."""
    proof = raw.get("proof")
    if not isinstance(proof, str) or raw.get("nonce") != nonce:
        raise Trouble("send.captive_portal", status=200, retry_after=0.0)
    try:
        message = hello_message(nonce, raw)
    except (TypeError, ValueError) as error:  # floats, huge numbers: nothing our store can have signed
        raise Trouble("send.captive_portal", status=200, retry_after=0.0) from error
    if not _holds(VerifyKey(store_key), from_base64(proof), message):
        raise Refusal("send.not_our_office")
    return read_message(HelloReply, raw)


def _holds(key: VerifyKey, signature: bytes, message: bytes) -> bool:
    return len(signature) == 64 and key.holds(signature, message)
