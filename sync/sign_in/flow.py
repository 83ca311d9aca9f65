"""One attempt to sign in, from asking the office how to the office's answer. Waits for a person: on a lane of its own.

Nothing of it is kept before ``sync.enrol.keep``; giving up at any point changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from fieldkit.app.ports import Identity
from fieldkit.domain.invitation import split_address
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from sync.address import checked_address
from sync.enrol import Enrolled, granted
from sync.http import CentralStore
from sync.sign_in.attempt import Attempt
from sync.sign_in.landing import Landing
from sync.sign_in.provider import Tokens, address_to_open, find_pages, redeem
from sync.translate import read_message
from sync.wire.messages import SignInModel
from sync.wire.requests import to_base64
from sync.wire.routes import SIGN_IN, SIGN_IN_WAY
from sync.wire.sign_in import SignInRequest, SignInWay, sign_in_message, sign_in_nonce, signed_in_message
from sync.wire.version import PROTOCOL

PATIENCE_SECONDS = 300.0
"""A person may have to look for a second factor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What an attempt needs of this side. ``open_page`` shows an address in the browser; ``words`` puts a problem into
    words for the page at the end; ``is_cancelled`` is asked ten times a second.
    """

    open_page: Callable[[str], None]
    words: Callable[[FieldKitError], str]
    is_cancelled: Callable[[], bool] = lambda: False
    patience: float = PATIENCE_SECONDS
    pinned: bytes | None = None
    """The key of the office that this laptop joined already: no other may answer."""


def sign_in(
    url: str,
    identity: Identity,
    person: Person,
    *,
    clock: Clock,
    app: str,
    connect: Callable[[str], CentralStore],
    code: str = "",
) -> Enrolled:
    """Take the person to their organisation's page and the office's word back; ``code`` ties a new account to a person.

    Raises ``Mistake('send.address…')``, ``Refusal('sign_in.…' | 'central.…')`` or ``Trouble``.
    """
    plain, seal = split_address(url)
    address = checked_address(plain)
    far = connect(address)
    try:
        means = read_message(SignInWay, far.ask(SIGN_IN_WAY)).sign_in
        if means is None:
            raise Refusal("sign_in.off")
        return _through(
            far, address, means, identity, person, _Typed(clock=clock, app=app, code=code.strip(), seal=seal)
        )
    finally:
        far.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    clock: Clock
    app: str
    code: str
    seal: str


def _through(
    far: CentralStore, url: str, means: SignInModel, identity: Identity, person: Person, typed: _Typed
) -> Enrolled:
    attempt, pages = Attempt.fresh(), find_pages(far.elsewhere, means.issuer)
    landing = Landing(attempt.state, means.issuer, names_itself=pages.names_itself)
    try:
        nonce = sign_in_nonce(identity.device, identity.key.public.hex(), attempt.salt)
        person.open_page(address_to_open(means, pages, attempt, nonce, landing.address))
        answered = landing.wait(person.patience, person.is_cancelled)
        tokens = redeem(far.elsewhere, means, pages, attempt, answered, landing.address)
        request = _signed(tokens, attempt, identity, typed)
        raw = far.ask(SIGN_IN, request)
        done = granted(url, raw, signed_in_message(request.model_dump(), raw), identity, typed.clock, typed.seal)
        if person.pinned not in {None, done.enrolment.store_key}:
            raise Refusal("send.not_our_office")
        landing.tell("")
        return done
    except FieldKitError as error:
        landing.tell(person.words(error))
        raise
    finally:
        landing.close()


def _signed(tokens: Tokens, attempt: Attempt, identity: Identity, typed: _Typed) -> SignInRequest:
    body: dict[str, Any] = {
        "protocol": PROTOCOL, "id_token": tokens.id_token, "access_token": tokens.access_token, "salt": attempt.salt,
        "code": typed.code, "device": identity.device, "device_key": identity.key.public.hex(),
        "author": identity.author, "name": identity.name, "initials": identity.initials, "app": typed.app,
    }  # fmt: skip
    try:
        return SignInRequest(**body, proof=to_base64(identity.key.sign(sign_in_message(body))))
    except ValidationError as error:  # a token that no header would carry
        raise Trouble("sign_in.unread", reason="its tokens do not read") from error
