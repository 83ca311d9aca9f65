"""Messages: every JSON body of the protocol, once, for both sides.

Towards the central store unknown fields are kept out (a laptop cannot smuggle what is not understood); towards
the laptop they are ignored, so that a newer store may say more.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Hex64 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Uuid = Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Count = Annotated[int, Field(ge=0, le=2**53 - 1)]
"""A number of a log or a chain; what is larger has no exact form in JSON and no place in a database."""
Line = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]*$")]
"""Text without control characters: databases take no NUL, and terminals obey the others."""
Base64 = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]*={0,2}$", max_length=1_000_000)]


class ToStore(BaseModel):
    """A request: strict and closed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ToLaptop(BaseModel):
    """A reply: frozen, tolerant of what a newer store adds."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class WitnessModel(ToStore):
    """A point of the store's log: ``chain`` is empty at ``seq`` 0.

    ``proof`` is the store's own mark, to be given back as it was: a witness without it proves nothing.
    """

    epoch: Annotated[str, Field(max_length=64)]
    seq: Count
    chain: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
    proof: Annotated[str, Field(pattern=r"^([0-9a-f]{32})?$")] = ""


class HelloRequest(ToStore):
    """The only connectivity test: a reply without a signature over ``nonce`` is a captive portal.

    ``epoch`` is the one that the laptop knows; only ``witnesses`` can prove that there was another.

    ``head_seq``/``head_hash`` tell where the device's chain stands, so the store can tell what it lacks and
    notice a cloned or restored laptop. ``cursors`` maps assessments to the last number pulled.
    """

    protocol: int
    nonce: Hex64
    device: Uuid
    app: Annotated[str, Field(max_length=64)]
    epoch: str | None
    witnesses: Annotated[list[WitnessModel], Field(max_length=1000)]
    head_seq: Count
    head_hash: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
    cursors: dict[str, Count]


class NumberModel(ToLaptop):
    """Whom to ring about a risk."""

    title: str
    number: str


class PolicyModel(ToLaptop):
    """What the office decides for all laptops; null or empty = it says nothing of it."""

    record_audio: bool | None = None
    lock_minutes: int | None = None
    purge_days: int | None = None
    keep_days: int | None = None
    numbers: list[NumberModel] = []
    minutes: dict[str, int] = {}


class EraseModel(ToLaptop):
    """The office asks for the vault of this laptop to be erased once all of it is handed in; who, when and why."""

    at: str
    by: str
    reason: str


class RoleModel(ToLaptop):
    """A person's part in one team. ``widened``: where the log stood when they last came to know more than before."""

    role: str
    widened: Count = 0


class SignInModel(ToLaptop):
    """How people of the office sign in: the provider's address, and this program's name there.

    ``again_days``: after so many days people sign in again before they read their team's work; 0 = never.
    ``due``: this laptop has to now. What it made itself it hands in all the same.
    """

    issuer: str
    client_id: str
    scope: str
    claims: list[str] = []
    """Claims that the store goes by, to be asked for."""
    again_days: int = 0
    due: bool = False


class HelloReply(ToLaptop):
    """``certificate`` and its signature are the store's word on this device; see ``domain.receipt``.

    ``fork``: the device's chain differs from the one the store holds (a clone or a restored image).
    ``news``: assessments with something after the laptop's cursor, and the head number of each.
    ``proof`` signs ``nonce`` and the rest (``hello_message``). ``policies`` null: nothing is decided, or the store is
    older than this; ``adviser``: the person is a specialist adviser. ``device_certificate`` and its signature are the
    store's word on whose this laptop is and until when (``fieldkit.domain.device_certificate``). ``status`` is
    ``active``, ``succeeded``, ``revoked`` or ``expired``; the last two may hand in and not read. ``waiting`` counts
    what of this person waits for a decision, ``decided`` is the number of the last one (``intake``).
    ``roles``: the person's part in each team by its assessment; null = the store is older than this.
    """

    protocol_oldest: int
    protocol: int
    store: Hex64
    epoch: str
    nonce: Hex64
    now: str
    status: str
    fork: bool
    news: dict[str, int]
    certificate: Base64
    certificate_signature: Base64
    witness: WitnessModel
    policies: PolicyModel | None = None
    adviser: bool = False
    erasures: Count | None = None
    """The number of the newest order to erase; null = the store is older than this."""
    erasures_count: Count = 0
    device_certificate: Base64 = ""
    device_signature: Base64 = ""
    waiting: Count = 0
    decided: Count = 0
    erase: EraseModel | None = None
    roles: dict[str, RoleModel] | None = None
    sign_in: SignInModel | None = None
    proof: Base64


class PushTrailer(ToLaptop):
    """The last frame of a push's reply: what has no receipt, and how the store now stands.

    Without the certificate where the request asked for the least (``Prefer: return=minimal``, RFC 7240): on a line of
    10 kbit/s that is half a second of every urgent item.
    """

    corrupt: list[str]
    """Ids (or ``"#n"`` for the n-th frame) that arrived damaged and must be sent again."""
    certificate: Base64 | None = None
    certificate_signature: Base64 | None = None


class PullRequest(ToStore):
    """What to pull: every assessment the laptop reads, each from its cursor; 0 = from the start.

    ``own_after``: own revisions above this device number are wanted too (a restored laptop).
    ``receipts_after``: sheets of own revisions from this device number on are wanted again (lost replies).
    """

    epoch: str
    cursors: dict[str, Count]
    own_after: Count
    receipts_after: Count | None = None


class DeviceModel(ToLaptop):
    """A device that signed revisions on the page, as the store vouches for it."""

    device: Uuid
    author: Uuid
    public: Hex64


class PageEnd(ToLaptop):
    """Closes a page of one assessment: where the cursor stands after it, and a witness.

    ``team`` is the store's signed list of the team's laptops (``fieldkit.domain.team_list``), on the last page: what a
    laptop needs to hand something over without a network.
    """

    assessment: Uuid
    cursor: int
    devices: list[DeviceModel]
    witness: WitnessModel
    more: bool
    team: Base64 = ""
    team_signature: Base64 = ""


class MissingRequest(ToStore):
    """Ids of revisions the laptop holds; ``contents`` marks those whose content it holds too."""

    ids: Annotated[list[Uuid], Field(max_length=1_000_000)]
    contents: Annotated[list[bool], Field(max_length=1_000_000)]


class MissingReply(ToLaptop):
    """Positions in the request's list that the store lacks (wholly, or their content).

    ``witness`` covers what it has: if the store is later rewound behind this answer, the laptop can tell.
    """

    positions: list[int]
    witness: WitnessModel


class CertificateReply(ToLaptop):
    """The store's signed word on one device."""

    certificate: Base64
    certificate_signature: Base64


class EnrolRequest(ToStore):
    """Redeem a one-time code. ``proof`` is the device's signature over ``enrol_message``."""

    protocol: int
    code: Annotated[str, Field(min_length=4, max_length=64)]
    device: Uuid
    device_key: Hex64
    author: Uuid
    name: Annotated[Line, Field(min_length=1, max_length=200)]
    initials: Annotated[Line, Field(min_length=1, max_length=8)]
    app: Annotated[Line, Field(max_length=64)]
    proof: Base64


class EnrolReply(ToLaptop):
    """Who the laptop now is, and the store's key to pin; ``proof`` signs ``enrolled_message``."""

    office: str
    user: str
    store: Hex64
    epoch: str
    recovery_key: Hex64 | None
    assessments: list[Uuid]
    proof: Base64


class SucceedRequest(ToStore):
    """A device goes on under a new id after a clone or restore; signed by the old key as usual."""

    device: Uuid
    device_key: Hex64
    proof: Base64


class Done(ToLaptop):
    """Said when there is nothing to tell but success."""

    done: bool = True


class ProblemModel(ToLaptop):
    """A refusal, after RFC 9457: a stable ``code`` of the catalogue, its title and what to do."""

    code: str
    title: str
    detail: str
    status: int
