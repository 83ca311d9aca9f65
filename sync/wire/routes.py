"""The routes of the central store as values: the laptop calls them, the store mounts them, the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel

from sync.wire import devices, messages, sealed, sign_in, team
from sync.wire.carried import LARGEST_BODY, BundleReply, BundleRequest
from sync.wire.erasures import ErasuresReply, ErasuresRequest
from sync.wire.files import LARGEST_PART
from sync.wire.reading import AssessmentList, EntryList, Health, QuestionList, RecordList


class Asker(StrEnum):
    """Who may ask."""

    ANYONE = "anyone"
    DEVICE = "device"
    """An enrolled device, by its signature; a revoked one is told so."""
    SENDER = "sender"
    """An enrolled device, revoked or not: handing in is never refused."""
    READER = "reader"
    """An enrolled device, the office's token, or a person with a key of their own."""
    CARRIER = "carrier"
    """An enrolled device, revoked or not, or a person whose key is for handing in files too (any client of tus)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One call. ``request``/``reply`` is the JSON model; ``None`` with ``frames`` says the body is frames.

    ``largest`` is the largest body in bytes that the store reads; ``problems`` are the refusals of this route
    beside those that any request can meet (``COMMON``).
    """

    name: str
    method: str
    path: str
    summary: str
    asker: Asker
    request: type[BaseModel] | None = None
    reply: type[BaseModel] | None = None
    takes_frames: bool = False
    gives_frames: bool = False
    is_tus: bool = False
    """Bytes of a file, and headers in the place of models (``sync.wire.files``)."""
    gives_file: bool = False
    query: tuple[str, ...] = ()
    """What may stand behind the path; never needed, and no part of what a device signs."""
    largest: int = 0
    problems: tuple[str, ...] = ()


_SMALL = 2**20
_BODY = 256 * 2**20
"""About half a million notes; what is larger is sent in parts."""
_IDS = 64 * 2**20
"""A million ids as JSON."""

COMMON = (
    "central.malformed", "central.too_large", "central.too_slow", "central.too_many", "central.fault",
    "central.unavailable",
)  # fmt: skip
"""Refusals any route can give."""

SIGNED = ("central.not_signed", "central.signature", "central.device_unknown")
"""Refusals of every route that a device signs for."""

STOPPED = ("central.device_revoked", "central.device_expired")
"""Refusals of every route by which a laptop reads."""

READING = (*STOPPED, "central.sign_in_again")
"""Refusals of every route by which a laptop reads the team's work."""

HELLO = Route(
    name="hello", method="POST", path="/v1/hello", asker=Asker.SENDER, largest=_SMALL,
    summary="Is this the office, is it still the store I knew, and is there news?",
    request=messages.HelloRequest, reply=messages.HelloReply, problems=("central.protocol",),
)  # fmt: skip
PUSH = Route(
    name="push", method="POST", path="/v1/push", asker=Asker.SENDER, largest=_BODY,
    summary="Hand in revisions; the answer is signed receipt sheets, then what has no receipt.",
    takes_frames=True, gives_frames=True,
)  # fmt: skip
PULL = Route(
    name="pull", method="POST", path="/v1/pull", asker=Asker.DEVICE, largest=_SMALL,
    summary="What the team has handed in since the cursors, in pages.",
    request=messages.PullRequest, gives_frames=True, problems=("central.epoch", *READING),
)  # fmt: skip
MISSING = Route(
    name="missing", method="POST", path="/v1/missing", asker=Asker.DEVICE, largest=_IDS,
    summary="Which of these revisions does the store lack?",
    request=messages.MissingRequest, reply=messages.MissingReply,
    problems=STOPPED,
)  # fmt: skip
CERTIFICATE = Route(
    name="certificate", method="GET", path="/v1/certificate", asker=Asker.SENDER,
    summary="The store's signed word on what it holds of this device.", reply=messages.CertificateReply,
)  # fmt: skip
ENROL = Route(
    name="enrol", method="POST", path="/v1/enrol", asker=Asker.ANYONE, largest=_SMALL,
    summary="Redeem a one-time code for a new device.", request=messages.EnrolRequest, reply=messages.EnrolReply,
    problems=(
        "central.protocol", "central.code_wrong", "central.code_used", "central.code_expired", "central.proof",
        "central.device_taken", "central.device_revoked", "central.too_many_tries",
    ),
)  # fmt: skip
SIGN_IN_WAY = Route(
    name="sign_in_way", method="GET", path="/v1/sign-in", asker=Asker.ANYONE,
    summary="Whether people can join here by their organisation's sign-in (OpenID Connect), and at which provider.",
    reply=sign_in.SignInWay,
)  # fmt: skip
SIGN_IN = Route(
    name="sign_in", method="POST", path="/v1/sign-in", asker=Asker.ANYONE, largest=_SMALL,
    summary="Join, or go on reading, as whoever the provider's ID token names. The token's nonce is a hash over the"
    " device and its key.",
    request=sign_in.SignInRequest, reply=messages.EnrolReply,
    problems=(
        "central.protocol", "central.proof", "central.sign_in_off", "central.sign_in_token", "central.sign_in_time",
        "central.sign_in_old", "central.sign_in_unknown", "central.sign_in_other", "central.provider",
        "central.code_wrong", "central.code_used", "central.code_expired", "central.device_taken",
        "central.device_revoked", "central.too_many_tries",
    ),
)  # fmt: skip
SUCCEED = Route(
    name="succeed", method="POST", path="/v1/succeed", asker=Asker.DEVICE, largest=_SMALL,
    summary="Go on under a new device id after a clone or a restored backup.",
    request=messages.SucceedRequest, reply=messages.Done,
    problems=(*STOPPED, "central.proof", "central.device_taken"),
)  # fmt: skip
INTAKE = Route(
    name="intake", method="POST", path="/v1/intake", asker=Asker.SENDER, largest=_SMALL,
    summary="What a person of the office decided of this person's work that had waited, with the new receipts of what"
    " was accepted. A revoked laptop may ask: it hears of its own work only.",
    request=devices.IntakeRequest, gives_frames=True,
)  # fmt: skip
WIPED = Route(
    name="wiped", method="POST", path="/v1/wiped", asker=Asker.SENDER, largest=_SMALL,
    summary="A laptop's signed statement that its vault is being erased; kept where every chain it names ends as here.",
    request=devices.WipedRequest, reply=devices.WipedReply, problems=("central.wiped",),
)  # fmt: skip
ASSESSMENTS = Route(
    name="assessments", method="GET", path="/v1/assessments", asker=Asker.READER,
    summary="The assessments you may read.", reply=AssessmentList, problems=("central.token", *READING),
)  # fmt: skip
ENTRIES = Route(
    name="entries", method="GET", path="/v1/assessments/{assessment}/entries", asker=Asker.READER,
    summary="The notes of one assessment with author, standing tags, addenda and withdrawal.", reply=EntryList,
    problems=("central.token", *READING, "central.not_found"),
)  # fmt: skip
RECORDS = Route(
    name="records", method="GET", path="/v1/assessments/{assessment}/records", asker=Asker.READER,
    summary="The records of fieldwork of one assessment (consents, cases, escalations …), each as its head; `?kind=`"
    " asks for one kind. What a device signs is the path without the query.",
    reply=RecordList, query=("kind",), problems=("central.token", *READING, "central.not_found"),
)  # fmt: skip
QUESTIONS = Route(
    name="questions", method="GET", path="/v1/assessments/{assessment}/questions", asker=Asker.READER,
    summary="What two people changed at once and nobody has decided on: who says what, and what stood before both.",
    reply=QuestionList, problems=("central.token", *READING, "central.not_found"),
)  # fmt: skip
_PLACE = ("central.files_unavailable", "central.files_key")
"""Refusals of routes that need the place of whole files."""

FILES = Route(
    name="files", method="OPTIONS", path="/v1/files", asker=Asker.ANYONE, is_tus=True,
    summary="Which version and extensions of tus are spoken here.",
)  # fmt: skip
FILE_BEGIN = Route(
    name="file_begin", method="POST", path="/v1/files", asker=Asker.CARRIER, is_tus=True, largest=LARGEST_PART,
    summary="Begin to send the file of an attachment, or hear where that stands: `Upload-Length`, and `Upload-Metadata`"
    " with the `revision` of its record; the first bytes may come along. Answers 201 with `Location` and"
    " `Upload-Offset`; a file that the store has for this assessment is whole at once, with its signed receipt.",
    problems=(
        "central.token", "central.not_found", "central.tus", "central.file_size", "central.files_full",
        "central.file_checksum", "central.file_differs", "central.file_type", "central.file_offset", *_PLACE,
    ),
)  # fmt: skip
FILE_STANDS = Route(
    name="file_stands", method="HEAD", path="/v1/files/{upload}", asker=Asker.CARRIER, is_tus=True,
    summary="Where a sending stands: `Upload-Offset` of `Upload-Length`, and the receipt once the file is whole.",
    problems=("central.token", "central.not_found", "central.file_expired", "central.tus", *_PLACE),
)  # fmt: skip
FILE_ADD = Route(
    name="file_add", method="PATCH", path="/v1/files/{upload}", asker=Asker.CARRIER, is_tus=True, largest=LARGEST_PART,
    summary="More bytes of it from `Upload-Offset` on, with their `Upload-Checksum`, or as one stream of any length"
    " (`FieldKit-Signs: file`, or a key for handing in, and no checksum). The last ones are answered when the store has"
    " hashed the whole file and made it durable.",
    problems=(
        "central.token", "central.not_found", "central.tus", "central.file_offset", "central.file_size",
        "central.file_checksum", "central.file_differs", "central.file_type", "central.files_full",
        "central.file_expired", *_PLACE,
    ),
)  # fmt: skip
FILE_END = Route(
    name="file_end", method="DELETE", path="/v1/files/{upload}", asker=Asker.CARRIER, is_tus=True,
    summary="Give a sending up; what came of it is thrown away.",
    problems=("central.token", "central.not_found", "central.file_expired", "central.tus"),
)  # fmt: skip
FILE_READ = Route(
    name="file_read", method="GET", path="/v1/attachments/{revision}/file", asker=Asker.READER, gives_file=True,
    summary="The file of an attachment of your team, or the `Range` of it that is asked for, with the store's receipt."
    " `revision` is any revision of its record; the record's id is its first. The office's token gets no file; which"
    " person fetched which one is kept.",
    problems=(
        "central.not_found", "central.token", *READING, "central.file_to_follow", "central.file_held",
        *_PLACE,
    ),
)  # fmt: skip
HOLDERS = Route(
    name="holders", method="GET", path="/v1/sealed/holders", asker=Asker.DEVICE,
    summary="Who holds the speaking-up role, and the keys to seal to; signed by the store.", reply=sealed.HoldersReply,
    problems=STOPPED,
)  # fmt: skip
HOLDER_KEY = Route(
    name="holder_key", method="POST", path="/v1/sealed/key", asker=Asker.DEVICE, largest=_SMALL,
    summary="Say which key is to be sealed to; only for who holds the role.", request=sealed.KeyRequest,
    reply=messages.Done, problems=(*STOPPED, "central.not_holder"),
)  # fmt: skip
SEAL = Route(
    name="seal", method="POST", path="/v1/sealed", asker=Asker.DEVICE, largest=12 * 2**20,
    summary="Leave something sealed to such a key. Nothing of who left it is kept, and of when only the day.",
    request=sealed.SealRequest, reply=sealed.TakenReply,
    problems=(*STOPPED, "central.no_such_holder", "central.too_many_sealed", "central.sealed_full"),
)  # fmt: skip
SEALED = Route(
    name="sealed", method="GET", path="/v1/sealed", asker=Asker.DEVICE,
    summary="What waits for the asker, who holds the role.", reply=sealed.SealedList,
    problems=(*STOPPED, "central.not_holder"),
)  # fmt: skip
SEALED_DONE = Route(
    name="sealed_done", method="DELETE", path="/v1/sealed/{sealed}", asker=Asker.DEVICE,
    summary="It is kept safely elsewhere: destroy it here.", reply=messages.Done,
    problems=(*STOPPED, "central.not_holder", "central.not_found"),
)  # fmt: skip
TEAM = Route(
    name="team", method="GET", path="/v1/assessments/{assessment}/team", asker=Asker.DEVICE,
    summary="Who is on the team of an assessment, and with which role; for who is on it.", reply=team.TeamReply,
    problems=(*READING, "central.not_found"),
)  # fmt: skip
TEAM_CHANGE = Route(
    name="team_change", method="POST", path="/v1/team", asker=Asker.DEVICE, largest=_SMALL,
    summary="Put somebody on a team, give them another role, or take them off; for who may manage the team.",
    request=team.TeamRequest, reply=team.TeamReply,
    problems=(*STOPPED, "central.not_found", "central.no_right", "central.team_change"),
)  # fmt: skip
LEAVE = Route(
    name="leave", method="POST", path="/v1/leave", asker=Asker.DEVICE, largest=_SMALL,
    summary="Go off the team of an assessment; what was handed in stays.", request=team.LeaveRequest,
    reply=messages.Done, problems=(*STOPPED, "central.team_change"),
)  # fmt: skip
BUNDLES = Route(
    name="bundles", method="POST", path="/v1/bundles", asker=Asker.SENDER, largest=LARGEST_BODY,
    summary="Hand in a stretch of a hand-over file, one's own or one that is carried for somebody: what is whole in it"
    " is taken in as from the laptop that signed it, and answered by a receipt file sealed to that laptop.",
    request=BundleRequest, reply=BundleReply, problems=("central.bundle",),
)  # fmt: skip
HEALTH = Route(
    name="health", method="GET", path="/health", asker=Asker.ANYONE,
    summary="Whether the store and its database answer. Not a connectivity test for laptops: see hello.", reply=Health,
)  # fmt: skip
ERASURES = Route(
    name="erasures", method="POST", path="/v1/erasures", asker=Asker.SENDER, largest=_SMALL,
    summary="Which contents have to be destroyed by law, since an order this laptop knows? Each order is signed; a"
    " laptop that finds that the store was set back gives it the orders it holds.",
    request=ErasuresRequest, reply=ErasuresReply,
)  # fmt: skip
READY = Route(
    name="ready", method="GET", path="/ready", asker=Asker.ANYONE,
    summary="Whether requests should be sent to this server: for balancers.", reply=Health,
)  # fmt: skip

ROUTES = (
    HELLO, PUSH, PULL, MISSING, CERTIFICATE, ENROL, SIGN_IN_WAY, SIGN_IN, SUCCEED, INTAKE, WIPED, ASSESSMENTS, ENTRIES,
    RECORDS, QUESTIONS, FILES,
    FILE_BEGIN, FILE_STANDS, FILE_ADD, FILE_END, FILE_READ, HOLDERS, HOLDER_KEY, SEAL, SEALED, SEALED_DONE, HEALTH,
    READY, ERASURES, TEAM, TEAM_CHANGE, LEAVE, BUNDLES,
)  # fmt: skip
"""Every route; the order is that of the page of the protocol."""
