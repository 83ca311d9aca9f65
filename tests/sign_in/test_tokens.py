"""What the store refuses to take for a sign-in: each token here is a real one of a real provider, or made of one."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from central import sign_in_admin
from fieldkit.app.ports import Identity
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from sync.http import CentralStore
from sync.sign_in.attempt import Attempt
from sync.sign_in.landing import Landing
from sync.sign_in.provider import Pages, Tokens, address_to_open, find_pages, redeem
from sync.wire.messages import SignInModel
from sync.wire.requests import to_base64
from sync.wire.routes import SIGN_IN
from sync.wire.sign_in import SignInRequest, sign_in_message, sign_in_nonce
from tests.sign_in.conftest import Office, identity
from tests.sign_in.provider import Browser


@dataclass(frozen=True)
class Taken:
    """A sign-in just before the office is asked."""

    office: Office
    me: Identity
    attempt: Attempt
    tokens: Tokens

    def ask(self, **changed: Any) -> str:
        """Empty where the office agreed, else its code."""
        body: dict[str, Any] = {
            "protocol": 1, "id_token": self.tokens.id_token, "access_token": self.tokens.access_token,
            "salt": self.attempt.salt, "code": "", "device": self.me.device, "device_key": self.me.key.public.hex(),
            "author": self.me.author, "name": self.me.name, "initials": "IR", "app": "0.1.0",
        }  # fmt: skip
        body |= changed
        request = SignInRequest(**body, proof=to_base64(self.me.key.sign(sign_in_message(body))))
        far = CentralStore(self.office.url)
        try:
            far.ask(SIGN_IN, request)
        except FieldKitError as error:
            return error.code
        finally:
            far.close()
        return ""


def through(office: Office, me: Identity, client: str = "fieldkit", spend_twice: bool = False) -> Taken:
    """Through the provider's pages to its tokens."""
    means = SignInModel(issuer=office.provider.issuer, client_id=client, scope="openid", claims=["groups"])
    attempt, far, browser = Attempt.fresh(), CentralStore(office.url), Browser()
    pages = find_pages(far.elsewhere, means.issuer)
    landing = Landing(attempt.state, means.issuer, names_itself=pages.names_itself)
    try:
        nonce = sign_in_nonce(me.device, me.key.public.hex(), attempt.salt)
        browser.open(address_to_open(means, pages, attempt, nonce, landing.address))
        code = landing.wait(20, lambda: False)
        _with_another_verifier(far, means, pages, attempt, code, landing.address)
        tokens = redeem(far.elsewhere, means, pages, attempt, code, landing.address)
        if spend_twice:
            with pytest.raises(Refusal, match=r"sign_in\.spent"):
                redeem(far.elsewhere, means, pages, attempt, code, landing.address)
        return Taken(office, me, attempt, tokens)
    finally:
        landing.tell("")
        browser.join()
        landing.close()
        far.close()


def _with_another_verifier(
    far: CentralStore, means: SignInModel, pages: Pages, attempt: Attempt, code: str, back: str
) -> None:
    """Whoever caught the code on its way has not the verifier."""
    with pytest.raises(Refusal, match=r"sign_in\.(spent|denied)"):
        redeem(far.elsewhere, means, pages, replace(attempt, verifier=Attempt.fresh().verifier), code, back)


@pytest.fixture
def taken(office: Office) -> Taken:
    """One that the office would take."""
    sign_in_admin.allow(office.settings, ("groups", "inspectors"))
    return through(office, identity(), spend_twice=True)


def test_a_code_without_its_verifier_and_a_code_used_before_are_worth_nothing(taken: Taken) -> None:
    assert taken.ask() == ""


def test_a_token_that_was_changed_or_signed_by_somebody_else_enrols_nobody(taken: Taken) -> None:
    header, claims, signature = taken.tokens.id_token.split(".")
    said = json.loads(_bytes(claims))
    own = {**json.loads(_bytes(header)), "kid": "mine", "jwk": _jwk()}
    far = {**json.loads(_bytes(header)), "kid": "x", "jku": "http://127.0.0.1:9/"}
    forged = {
        "another subject": f"{header}.{_text({**said, 'sub': 'boss'})}.{signature}",
        "another signature": f"{header}.{claims}.{'A' * len(signature)}",
        "no signature": f"{_text({'alg': 'none'})}.{claims}.",
        "none in capitals": f"{_text({'alg': 'NONE', 'kid': json.loads(_bytes(header))['kid']})}.{claims}.",
        "a secret made of the public key": _by_secret(taken, claims),
        "its own key beside it": f"{_text(own)}.{claims}.{signature}",
        "a key from elsewhere": f"{_text(far)}.{claims}.{signature}",
        "not a token": "a.b.c", "nothing": "", "half": f"{header}.{claims}",
    }  # fmt: skip
    told = {name: taken.ask(id_token=token) for name, token in forged.items()}
    assert told == dict.fromkeys(forged, "central.sign_in_token")
    assert taken.office.people() == {}


def test_ten_tokens_that_do_not_hold_are_enough_from_one_place(taken: Taken) -> None:
    for _ in range(10):
        assert taken.ask(id_token="a.b.c") == "central.sign_in_token"
    assert taken.ask() == "central.too_many_tries"


def test_a_token_made_for_another_program_enrols_nobody(office: Office) -> None:
    sign_in_admin.allow(office.settings, ("groups", "inspectors"))
    assert through(office, identity(), client="another").ask() == "central.sign_in_token"


def test_a_token_that_leaks_enrols_no_other_laptop_and_no_other_attempt(taken: Taken) -> None:
    thief = replace(taken, me=identity("Thief"))
    assert thief.ask() == "central.sign_in_token"
    assert taken.ask(salt="ab" * 32) == "central.sign_in_token"
    assert taken.ask() == ""
    assert taken.ask() == ""  # the same again: its reply may have been lost


def test_a_request_that_its_laptop_did_not_sign_enrols_nobody(taken: Taken) -> None:
    other = replace(taken.me, key=identity().key)
    assert replace(taken, me=replace(other, device=taken.me.device)).ask(
        device_key=taken.me.key.public.hex()
    ) == "central.proof"  # fmt: skip


def test_a_token_of_a_provider_that_was_replaced_enrols_nobody(
    taken: Taken, make_office: Callable[..., Office]
) -> None:
    from tests.sign_in.provider import Provider

    other = Provider()
    other.start()
    try:
        sign_in_admin.set_means(taken.office.settings, other.issuer, "fieldkit")
        assert taken.ask() == "central.sign_in_token"
        other.stop()
        taken.office.running.core.provider.__init__()  # type: ignore[misc]  # what it remembered of the keys has run out
        assert taken.ask() == "central.provider"
    finally:
        other.stop()


def test_a_provider_that_lies_about_where_its_pages_are_gets_no_code() -> None:
    issuer = "https://login.example.org"
    good: dict[str, Any] = {
        "issuer": issuer, "authorization_endpoint": f"{issuer}/a", "token_endpoint": f"{issuer}/t",
    }  # fmt: skip
    for change in (
        {"issuer": "https://login.example.net"}, {"token_endpoint": "http://login.example.org/t"},
        {"authorization_endpoint": "file:///etc/passwd"}, {"authorization_endpoint": None},
        {"code_challenge_methods_supported": ["plain"]}, {"token_endpoint": "https://a@b/t"},
    ):  # fmt: skip
        said = json.dumps({**good, **change}).encode()
        with pytest.raises(Trouble, match=r"sign_in\.unread"):
            find_pages(lambda _address, _form, said=said: (200, said), issuer)  # type: ignore[misc]
    for body in (b"<html>", b"[]", b"", b"[" * 100_000):
        with pytest.raises(Trouble, match=r"sign_in\.unread"):
            find_pages(lambda _address, _form, body=body: (200, body), issuer)  # type: ignore[misc]
    assert find_pages(lambda _address, _form: (200, json.dumps(good).encode()), issuer).token == f"{issuer}/t"


def _by_secret(taken: Taken, claims: str) -> str:
    """The oldest trick: the public key as the secret of an HMAC."""
    import urllib.request

    with urllib.request.urlopen(f"{taken.office.provider.issuer}/jwks") as reply:
        key = json.loads(reply.read())["keys"][0]
    signed = f"{_text({'alg': 'HS256', 'kid': key['kid']})}.{claims}"
    secret = json.dumps(key, separators=(",", ":")).encode()
    return f"{signed}.{_plain(hmac.digest(secret, signed.encode(), hashlib.sha256))}"


def _jwk() -> dict[str, str]:
    return {"kty": "oct", "k": _plain(b"k" * 32), "kid": "mine"}


def _text(value: Any) -> str:
    return _plain(json.dumps(value).encode())


def _plain(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
