"""A laptop reduced to its chain and its key, and an office to talk to: no vault, no engine, only the wire."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel

from central import admin
from central.serve import Running
from central.settings import Settings
from fieldkit.domain.receipt import Outcome, ReceiptLine, ReceiptSheet, Signed, read_certificate, read_sheet
from fieldkit.domain.revision import ChainHead, Envelope, Revision, digest_of, make_revision, new_salt
from fieldkit.kernel.canonical import canonical
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.ids import AssessmentId, AuthorId, DeviceId, RecordId, RevisionId, new_id
from fieldkit.kernel.signing import SigningKey, VerifyKey
from sync.wire.frames import FrameReader, FrameWriter, Kind, WireRevision, compress, read_frames, read_sheet_payload
from sync.wire.messages import PageEnd, PullRequest, PushTrailer
from sync.wire.requests import PROBLEM_TYPE, enrol_message, request_headers, succeed_message, to_base64
from sync.wire.version import CONTENT_TYPE, PROTOCOL

NONCE = "5a" * 32
_names = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One HTTP answer."""

    status: int
    kind: str
    body: bytes
    headers: Mapping[str, str]

    @property
    def json(self) -> dict[str, Any]:
        """The body as a JSON object."""
        value = json.loads(self.body)
        assert isinstance(value, dict)
        return value

    @property
    def code(self) -> str:
        """The problem's code; anything that is no well-formed problem does not pass."""
        assert self.kind == PROBLEM_TYPE, (self.status, self.kind, self.body[:200])
        assert self.json["status"] == self.status
        return str(self.json["code"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """What a push was answered with: verified sheets and the trailer."""

    sheets: list[Signed]
    lines: dict[RevisionId, ReceiptLine]
    read: list[ReceiptSheet]
    trailer: PushTrailer

    def outcomes(self, revisions: Iterable[Revision]) -> list[str]:
        """The outcome of each revision, with its code where it has one; ``-`` where there is no line."""
        lines = [self.lines.get(revision.envelope.id) for revision in revisions]
        return ["-" if n is None else n.outcome.value + (f"({n.code})" if n.code else "") for n in lines]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """What a pull brought: revisions in order, where each page ended, and repeated sheets."""

    revisions: list[Revision]
    pages: list[PageEnd]
    sheets: list[Signed]

    @property
    def ids(self) -> list[str]:
        """The revisions' ids."""
        return [revision.envelope.id for revision in self.revisions]

    @property
    def cursors(self) -> dict[str, int]:
        """Where each assessment's last page ended."""
        return {page.assessment: page.cursor for page in self.pages}


@dataclass(slots=True)
class Office:
    """A running store, with what its admin may do."""

    settings: Settings
    running: Running
    made: admin.MadeStore
    clock: FixedClock

    @property
    def key(self) -> VerifyKey:
        """The store's public key."""
        return VerifyKey(bytes.fromhex(self.made.store))

    def send(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Reply:
        """One bare request."""
        place = urlsplit(self.running.url)
        line = http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)
        try:
            line.request(method, path, body or None, dict(headers or {}))
            answer = line.getresponse()
            kind = (answer.getheader("content-type") or "").split(";")[0]
            return Reply(status=answer.status, kind=kind, body=answer.read(), headers=dict(answer.getheaders()))
        finally:
            line.close()

    def read(self, path: str) -> Reply:
        """Read with the office's token."""
        return self.send("GET", path, headers={"Authorization": f"Bearer {self.made.token}"})

    def laptop(self, name: str = "", *assessments: str, role: str = "member") -> Laptop:
        """A newly enrolled laptop of a person called ``name`` (a new person where it is empty)."""
        code = admin.invite(self.settings, name or f"Person {next(_names)}", assessments, role, self.clock).code
        laptop = Laptop(self)
        reply = laptop.enrol(code)
        assert reply.status == 200, reply.body
        laptop.user = reply.json["user"]
        return laptop


@dataclass(slots=True)
class Laptop:
    """A device with its chain. ``held`` keeps what it wrote, in order."""

    office: Office
    key: SigningKey = field(default_factory=SigningKey.generate)
    device: DeviceId = field(default_factory=lambda: DeviceId(new_id()))
    author: AuthorId = field(default_factory=lambda: AuthorId(new_id()))
    user: str = ""
    head: ChainHead = field(init=False)
    held: list[Revision] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.head = ChainHead(device=self.device)

    def write(
        self,
        assessment: str | None,
        text: str = "words",
        *,
        kind: str = "entry",
        record: str | None = None,
        parents: Sequence[RevisionId] = (),
        body: dict[str, Any] | None = None,
        **changed: Any,
    ) -> Revision:
        """The next revision of this device's chain; ``changed`` replaces fields of the envelope."""
        content, salt = canonical(body if body is not None else {"text": text}), new_salt()
        named = record or new_id()
        fields: dict[str, Any] = {
            "id": RevisionId(new_id() if parents else named), "record": RecordId(named), "kind": kind, "shape": 1,
            "parents": tuple(parents), "assessment": AssessmentId(assessment) if assessment else None,
            "author": self.author, "device": self.device, "seq": self.head.seq + 1, "prev": self.head.hash,
            "recorded_at": "2026-11-12T09:00:00.000Z", "mono_ms": 1000, "boot": new_id(), "priority": 1,
            "digest": digest_of(salt, content), "app": "0.1.0",
        }  # fmt: skip
        revision = make_revision(Envelope(**{**fields, **changed}), content, salt, self.key)
        self.head = ChainHead(device=self.device, seq=revision.envelope.seq, hash=revision.hash)
        self.held.append(revision)
        return revision

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "application/json") -> Reply:
        """A signed request."""
        signed = request_headers(self.device, self.key, method, path.partition("?")[0], body)
        headers = {"Content-Type": kind, **signed}
        return self.office.send(method, path, body, headers)

    def post(self, path: str, message: BaseModel | dict[str, Any]) -> Reply:
        """A signed request with a JSON body."""
        body = message.model_dump_json() if isinstance(message, BaseModel) else json.dumps(message)
        return self.ask("POST", path, body.encode())

    def enrol(self, code: str, **changed: Any) -> Reply:
        """Redeem a code."""
        request: dict[str, Any] = {
            "protocol": PROTOCOL, "code": code, "device": self.device, "device_key": self.key.public.hex(),
            "author": self.author, "name": "Ada", "initials": "AD", "app": "0.1.0",
        }  # fmt: skip
        request |= changed
        proof = to_base64(self.key.sign(enrol_message(request)))
        body = json.dumps({**request, "proof": proof} | {k: v for k, v in changed.items() if k == "proof"})
        return self.office.send("POST", "/v1/enrol", body.encode())

    def hello(self, **changed: Any) -> Reply:
        """Say hello with this laptop's head and no memories."""
        request = {
            "protocol": PROTOCOL, "nonce": NONCE, "device": self.device, "app": "0.1.0", "epoch": None, "witnesses": [],
            "head_seq": self.head.seq, "head_hash": self.head.hash, "cursors": {},
        }  # fmt: skip
        return self.post("/v1/hello", request | changed)

    def epoch(self) -> str:
        """The store's epoch."""
        return str(self.hello().json["epoch"])

    def push(self, *revisions: Revision) -> Pushed:
        """Hand in ``revisions`` (all that is held where none is named)."""
        return self.pushed(self.ask("POST", "/v1/push", push_body(revisions or self.held), CONTENT_TYPE))

    def pushed(self, reply: Reply) -> Pushed:
        """Read and verify a push's reply."""
        assert (reply.status, reply.kind) == (200, CONTENT_TYPE), reply.body[:300]
        frames = list(read_frames([reply.body]))
        assert [kind for kind, _ in frames[:-1]] == [Kind.SHEET] * (len(frames) - 1)
        sheets = [signed_of(payload) for _, payload in frames[:-1]]
        read = [read_sheet(sheet, self.office.key) for sheet in sheets]
        trailer = PushTrailer.model_validate_json(frames[-1][1])
        lines = {line.revision: line for sheet in read for line in sheet.lines}
        return Pushed(sheets=sheets, read=read, lines=lines, trailer=trailer)

    def pull(self, cursors: dict[str, int], own_after: int = 2**31, receipts_after: int | None = None) -> Pulled:
        """Pull and read everything."""
        request = PullRequest(epoch=self.epoch(), cursors=cursors, own_after=own_after, receipts_after=receipts_after)
        reply = self.post("/v1/pull", request)
        assert (reply.status, reply.kind) == (200, CONTENT_TYPE), reply.body[:300]
        reader, revisions, pages, sheets = FrameReader(), [], [], []
        for kind, payload in read_frames([reply.body]):
            if kind is Kind.REVISION:
                wire, _ = reader.revision(payload)
                revisions.append(Revision.read(wire.envelope, wire.signature, wire.content, wire.salt))
            elif kind is Kind.PAGE_END:
                pages.append(PageEnd.model_validate_json(payload))
            else:
                sheets.append(signed_of(payload))
        return Pulled(revisions=revisions, pages=pages, sheets=sheets)

    def missing_reply(self, revisions: Sequence[Revision] = ()) -> Reply:
        """Ask which of ``revisions`` the store lacks."""
        asked = {"ids": [r.envelope.id for r in revisions], "contents": [r.content is not None for r in revisions]}
        return self.post("/v1/missing", asked)

    def missing(self, revisions: Sequence[Revision]) -> list[int]:
        """Positions of what the store says it lacks."""
        positions = self.missing_reply(revisions).json["positions"]
        assert isinstance(positions, list)
        return positions

    def certificate(self) -> tuple[int, str, int]:
        """High, hash and contents as the store signs them."""
        import base64

        raw = self.ask("GET", "/v1/certificate").json
        signed = Signed(
            data=base64.b64decode(raw["certificate"]), signature=base64.b64decode(raw["certificate_signature"])
        )
        found = read_certificate(signed, self.office.key)
        assert found.device == self.device
        return found.high, found.hash, found.contents

    def succeed(self) -> tuple[Reply, Laptop]:
        """Go on as a new device."""
        after = Laptop(self.office, author=self.author, user=self.user)
        request = {"device": after.device, "device_key": after.key.public.hex()}
        proof = to_base64(after.key.sign(succeed_message(self.device, request)))
        return self.post("/v1/succeed", {**request, "proof": proof}), after


def signed_of(payload: bytes) -> Signed:
    """The signed bytes in a sheet's frame."""
    data, signature = read_sheet_payload(payload)
    return Signed(data=data, signature=signature)


def push_body(revisions: Iterable[Revision]) -> bytes:
    """The body of a push."""
    writer = FrameWriter()
    return b"".join(compress(writer.revision(wire(revision), revision.hash) for revision in revisions))


def wire(revision: Revision) -> WireRevision:
    """A revision's exact bytes."""
    return WireRevision(revision.envelope_bytes, revision.signature, revision.salt, revision.content)


ACCEPTED = Outcome.ACCEPTED.value
