"""The organisation's sign-in provider as the laptop meets it: where its pages are, and a code made into tokens.

The tokens are handed to the central store, which believes the provider's signature and nobody's word; nothing of them
is kept on the laptop.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from fieldkit.kernel.errors import Mistake, Refusal, Trouble
from sync.address import checked_address
from sync.sign_in.attempt import Attempt
from sync.wire.messages import SignInModel

_DAY = 86_400

Ask = Callable[[str, Mapping[str, str] | None], tuple[int, bytes]]
"""One question to the provider: ``CentralStore.elsewhere``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Where the provider's pages are. ``names_itself``: its answers say whose they are (RFC 9207)."""

    authorise: str
    token: str
    names_itself: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What a code was good for."""

    id_token: str
    access_token: str


def find_pages(ask: Ask, issuer: str) -> Pages:
    """Read the provider's description. Raises ``Trouble('sign_in.unreached' | 'sign_in.unread')``."""
    document = _read(ask, issuer.rstrip("/") + "/.well-known/openid-configuration")
    if document.get("issuer") != issuer:
        raise Trouble("sign_in.unread", reason="it names itself otherwise")
    methods = document.get("code_challenge_methods_supported", ["S256"])
    if not isinstance(methods, list) or "S256" not in methods:
        raise Trouble("sign_in.unread", reason="it does not take PKCE with S256")
    return Pages(
        authorise=_protected(document.get("authorization_endpoint")), token=_protected(document.get("token_endpoint")),
        names_itself=document.get("authorization_response_iss_parameter_supported") is True,
    )  # fmt: skip


def address_to_open(means: SignInModel, pages: Pages, attempt: Attempt, nonce: str, back: str) -> str:
    """The page for the person's own browser."""
    asked: dict[str, str] = {
        "response_type": "code", "client_id": means.client_id, "redirect_uri": back, "scope": means.scope,
        "state": attempt.state, "nonce": nonce, "code_challenge": attempt.challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    if means.claims:  # providers that do not know the parameter pass over it (OpenID Connect Core 5.5)
        asked["claims"] = json.dumps({"id_token": dict.fromkeys(means.claims)}, separators=(",", ":"))
    if means.again_days:
        asked["max_age"] = str(means.again_days * _DAY)
    joint = "&" if urlsplit(pages.authorise).query else "?"
    return pages.authorise + joint + urlencode(asked)


def redeem(ask: Ask, means: SignInModel, pages: Pages, attempt: Attempt, code: str, back: str) -> Tokens:
    """Make the code into tokens. Raises ``Refusal('sign_in.denied' | 'sign_in.spent')`` or ``Trouble``."""
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": back, "client_id": means.client_id,
        "code_verifier": attempt.verifier,
    }  # fmt: skip
    said = _read(ask, pages.token, form)
    token, access = said.get("id_token"), said.get("access_token", "")
    if not isinstance(token, str) or not isinstance(access, str):
        raise Trouble("sign_in.unread", reason="it gave no ID token")
    return Tokens(id_token=token, access_token=access)


def _read(ask: Ask, address: str, form: dict[str, str] | None = None) -> dict[str, Any]:
    try:
        status, body = ask(_protected(address), form)
    except Trouble as error:
        raise Trouble("sign_in.unreached") from error
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Trouble("sign_in.unread", reason=f"HTTP {status}")
    if status == 200:
        return said
    problem = said.get("error")
    if problem == "invalid_grant":
        raise Refusal("sign_in.spent")
    raise Refusal("sign_in.denied", reason=plain(problem) or f"HTTP {status}")


def plain(text: object) -> str:
    """What a stranger wrote, fit to be shown: one line, at most 200 characters, nothing that a terminal obeys."""
    kept = "".join(one if one.isprintable() else " " for one in text) if isinstance(text, str) else ""
    return " ".join(kept.split())[:200]


def _protected(address: object) -> str:
    if not isinstance(address, str):
        raise Trouble("sign_in.unread", reason="it does not say where its pages are")
    try:
        checked_address(address.split("?")[0])
    except Mistake as error:
        raise Trouble("sign_in.unread", reason="its pages are not protected by https") from error
    return address
