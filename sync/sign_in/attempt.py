"""The secrets of one attempt to sign in: made afresh each time, kept in memory, never used twice."""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """``state`` ties the browser's answer to this attempt, ``verifier`` the code to this program (PKCE, RFC 7636).

    ``salt`` goes into the token's nonce with the device and its key (``sync.wire.sign_in``).
    """

    state: str
    verifier: str
    salt: str

    @classmethod
    def fresh(cls) -> Attempt:
        """256 random bits each."""
        return cls(state=_text(os.urandom(32)), verifier=_text(os.urandom(32)), salt=os.urandom(32).hex())

    @property
    def challenge(self) -> str:
        """What the provider is told of the verifier before it is shown (S256)."""
        return _text(hashlib.sha256(self.verifier.encode("ascii")).digest())


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")
