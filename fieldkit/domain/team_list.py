"""Who is on a team and with which laptops, as the central store signs it: what makes keys known without a network.

It travels with every pull and in every hand-over file. Whoever reads it needs to believe nobody but the office whose
key was pinned at enrolment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fieldkit.domain.receipt import Signed
from fieldkit.kernel.canonical import canonical, parse
from fieldkit.kernel.clock import from_stamp
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import AssessmentId, AuthorId, DeviceId, is_id
from fieldkit.kernel.signing import SigningKey, VerifyKey

_TEAM = b"fieldkit/team/v1\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLaptop:
    """One laptop of somebody on the team. ``name`` is what the office calls the person."""

    device: DeviceId
    author: AuthorId
    public: bytes
    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamList:
    """The laptops of everybody on the team of ``assessment`` that the office has not revoked, at ``issued_at``."""

    store: str
    assessment: AssessmentId
    issued_at: str
    laptops: tuple[TeamLaptop, ...]

    def to_bytes(self) -> bytes:
        """The canonical bytes that are signed."""
        rows: list[dict[str, Any]] = [
            {"device": one.device, "author": one.author, "public": one.public.hex(), "name": one.name, "role": one.role}
            for one in self.laptops
        ]
        return canonical(
            {"v": 1, "store": self.store, "assessment": self.assessment, "issued_at": self.issued_at, "laptops": rows}
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> TeamList:
        """Read signed bytes. Raises ``Refusal('receipt.malformed')``."""
        try:
            raw = parse(data)
            from_stamp(raw["issued_at"])
            laptops = tuple(_laptop(row) for row in raw["laptops"])
            if not is_id(raw["assessment"]):
                raise ValueError("assessment")
            return cls(store=raw["store"], assessment=raw["assessment"], issued_at=raw["issued_at"], laptops=laptops)
        except (ValueError, KeyError, TypeError) as error:
            raise Refusal("receipt.malformed") from error


def sign_team(team: TeamList, key: SigningKey) -> Signed:
    """Sign with the store's key."""
    data = team.to_bytes()
    return Signed(data=data, signature=key.sign(_TEAM + data))


def read_team(signed: Signed, key: VerifyKey) -> TeamList:
    """Check and read. Raises ``Refusal('receipt.signature' | 'receipt.malformed' | 'receipt.other_store')``."""
    if not key.holds(signed.signature, _TEAM + signed.data):
        raise Refusal("receipt.signature")
    team = TeamList.from_bytes(signed.data)
    if team.store != key.public.hex():
        raise Refusal("receipt.other_store")
    return team


def _laptop(row: dict[str, Any]) -> TeamLaptop:
    public = bytes.fromhex(row["public"])
    if not (is_id(row["device"]) and is_id(row["author"]) and len(public) == 32):
        raise ValueError("laptop")
    return TeamLaptop(
        device=row["device"], author=row["author"], public=public, name=str(row["name"])[:200],
        role=str(row["role"])[:40],
    )  # fmt: skip
