"""A laptop's card: who somebody is and the key of their laptop, to be given to a team-mate on paper, as QR or file.

It proves that its giver holds the key, and nothing about who they are: whoever takes one compares the six words of the
key with the giver. Where the office's own list knows the laptop, no card is needed.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from fieldkit.kernel.canonical import canonical, parse
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AuthorId, DeviceId, is_id
from fieldkit.kernel.signing import SIGNATURE_BYTES, SigningKey, VerifyKey

PREFIX = "FKCARD1."
_SIGNED = b"fieldkit/card/v1\0"
_LONGEST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCard:
    """``public`` is the key of ``device``, on which ``author`` works."""

    device: DeviceId
    author: AuthorId
    name: str
    initials: str
    public: bytes

    def to_text(self, key: SigningKey) -> str:
        """One line of letters and digits, signed with the laptop's key."""
        data = canonical(
            {
                "v": 1, "device": self.device, "author": self.author, "name": self.name, "initials": self.initials,
                "public": self.public.hex(),
            }
        )  # fmt: skip
        signed = key.sign(_SIGNED + data) + data
        return PREFIX + base64.urlsafe_b64encode(signed).decode("ascii").rstrip("=")

    @classmethod
    def from_text(cls, text: str) -> KeyCard:
        """Read one. Raises ``Mistake('handover.card')`` for anything else, or a card that its key did not sign."""
        line = "".join(text.split())
        try:
            if not line.startswith(PREFIX) or len(line) > _LONGEST:
                raise ValueError("no card")
            signed = base64.urlsafe_b64decode(line[len(PREFIX) :] + "=" * (-(len(line) - len(PREFIX)) % 4))
            raw = parse(signed[SIGNATURE_BYTES:])
            public = bytes.fromhex(raw["public"])
            if not VerifyKey(public).holds(signed[:SIGNATURE_BYTES], _SIGNED + signed[SIGNATURE_BYTES:]):
                raise ValueError("signature")
            if not (is_id(raw["device"]) and is_id(raw["author"])):
                raise ValueError("ids")
            return cls(
                device=raw["device"], author=raw["author"], name=_plain(raw["name"]), initials=_plain(raw["initials"]),
                public=public,
            )  # fmt: skip
        except (ValueError, KeyError, TypeError, binascii.Error) as error:
            raise Mistake("handover.card", field="card") from error


def _plain(text: object) -> str:
    if not isinstance(text, str) or not text.strip() or len(text) > 200 or not text.isprintable():
        raise ValueError("name")
    return text
