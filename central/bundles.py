"""Hand-over files at the office: opened with the store's own key, and handed to the very code that answers a push.

Whoever carried a file matters as little as a cable: what is judged is the laptop that signed it. The answer is a
receipt file, sealed to that laptop, with the same sheets that the line would have brought.
"""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from starlette.datastructures import Headers

from central import files
from central.bundle_pages import pages_for
from central.certificate import certify
from central.core import Core, find_device, verify_key
from central.endpoint import Call
from central.judge import REVOKED, KnownDevice
from central.members import assessments_of
from central.push import push
from central.teams import team_list
from fieldkit.domain.hand_over_account import Account
from fieldkit.domain.receipt import ReceiptSheet
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from sync.wire import files as tus
from sync.wire.bundles.entries import End, FilePart, Kind
from sync.wire.bundles.heads import Place, What
from sync.wire.bundles.pieces import Entry, Spoilt
from sync.wire.bundles.reading import OpenPart, open_part
from sync.wire.bundles.writing import Author, BundleWriter, Folder, Letter
from sync.wire.frames import Kind as Frame
from sync.wire.frames import read_frames, read_sheet_payload
from sync.wire.messages import PushTrailer

SUFFIX = ".fieldreceipt"
_log = logging.getLogger("central")


@dataclass(slots=True, kw_only=True)
class Answering:
    """The receipt file that is being written for one laptop. A sheet that answers twice is in it once."""

    core: Core
    device: KnownDevice
    writer: BundleWriter
    _told: set[bytes] = field(default_factory=set)

    def sheet(self, payload: bytes) -> int:
        """Add a sheet's payload; how many it adds."""
        digest = hashlib.sha256(payload).digest()
        if digest in self._told:
            return 0
        self._told.add(digest)
        self.writer.add(Kind.SHEET, payload)
        return 1

    def add(self, kind: Kind, data: bytes, signature: bytes) -> None:
        """Add something that the store signed."""
        self.writer.add(kind, signature + data)


@contextmanager
def answering(core: Core, device: KnownDevice, folder: Path, stem: str, bundle: str) -> Iterator[Answering]:
    """A receipt file in ``folder`` for ``device``'s ``bundle``; taken away where writing it comes to nothing."""
    author = Author(device=core.store, author=core.store, name=core.office, app="", key=core.key)
    letter = Letter(
        what=What.RECEIPT, place=Place.LAPTOP, to=device.key, author=author, made_at=core.stamp(),
        asked={"answers": bundle},
    )  # fmt: skip
    with BundleWriter(letter, Folder(folder, stem, SUFFIX)) as writer:
        yield Answering(core=core, device=device, writer=writer)


def open_for(core: Core, source: IO[bytes], first: int = 0) -> tuple[OpenPart, KnownDevice]:
    """Open a part that is for this store, and prove whose it is.

    Raises ``Refusal`` with ``handover.not_ours``, ``handover.not_for_office``, ``handover.spoilt_head``,
    ``handover.device_unknown`` or ``handover.signer_wrong``.
    """
    try:
        part = open_part(source, [core.key], first)
    except Refusal as refusal:
        if refusal.code == "handover.not_for_you":
            raise Refusal("handover.not_for_office") from refusal
        raise
    if part.manifest.what is not What.WORK:
        raise Refusal("handover.not_for_office")
    with core.database.read() as connection:
        device = find_device(connection, part.manifest.device)
    if device is None:
        raise Refusal("handover.device_unknown", name=part.manifest.name)
    if not part.is_by(verify_key(core, device)):
        raise Refusal("handover.signer_wrong", name=part.manifest.name)
    return part, device


def take_part(answer: Answering, part: OpenPart, account: Account, first: int = 0) -> int:
    """Take in everything that is whole in a part, or in a stretch of one; the piece up to which it was read.

    Twice changes nothing.
    """
    account.parts.add(part.head.part)
    sending, reader = Sending(answer, account), part.reader()
    for found in reader.entries():
        if isinstance(found, Spoilt):
            if found.is_cut and not first:
                account.cut.add(part.head.part)
            elif not found.is_cut:
                account.spoilt += 1
            continue
        try:
            _take(answer, sending, found, account, part.head.part)
        except (Refusal, Trouble) as error:
            if error.code in {"central.database", "central.unavailable"}:
                raise
            account.add(error)
    _log.info("took in part %s of hand-over file %s of device %s", part.head.part, account.bundle, answer.device.id)
    return reader.reached


def finish(answer: Answering, part: OpenPart) -> None:
    """What every receipt file ends with: the certificate, and for a laptop that may read its teams and their work."""
    core, device = answer.core, answer.device
    certificate = certify(core, device.id)
    answer.add(Kind.CERTIFICATE, certificate.data, certificate.signature)
    with core.database.read() as connection:
        now = find_device(connection, device.id)
        if now is None or now.status == REVOKED:
            return
        teams = [team_list(core, connection, place) for place in assessments_of(connection, device.user)]
    for team in teams:
        answer.add(Kind.TEAM, team.data, team.signature)
    for kind, payload in pages_for(core, device, part.manifest.asked):
        if kind is Kind.SHEET:
            answer.sheet(payload)
        else:
            answer.writer.add(kind, payload)


def begin(part: OpenPart) -> Account:
    """An account for a file."""
    asks = part.manifest.asked.get("request") is True
    return Account(bundle=part.head.bundle, by=part.manifest.name, made_at=part.manifest.made_at, asks=asks)


def _take(answer: Answering, sending: Sending, found: Entry, account: Account, number: int) -> None:
    if found.kind == Kind.REVISIONS:
        _push(answer, found.payload, account)
    elif found.kind == Kind.FILE:
        sending.take(FilePart.from_bytes(found.payload))
    elif found.kind == Kind.END and End.from_bytes(found.payload).is_last:
        account.last = number


def _push(answer: Answering, body: bytes, account: Account) -> None:
    """One body of push, as if it had come over the line."""
    for kind, payload in read_frames(push(answer.core, answer.device, iter((body,)))):
        if kind is Frame.SHEET:
            account.taken += answer.sheet(payload) * _lines(payload)
        elif kind is Frame.MESSAGE:
            account.unreadable += len(PushTrailer.model_validate_json(payload).corrupt)


def _lines(payload: bytes) -> int:
    return len(ReceiptSheet.from_bytes(read_sheet_payload(payload)[0]).lines)


class Sending:
    """Files of attachments, handed to the very handlers that answer tus."""

    def __init__(self, answer: Answering, account: Account) -> None:
        self._answer, self._account = answer, account
        self._sha256, self._place, self._reached, self._size = "", "", 0, 0
        self._given_up = ""

    def take(self, part: FilePart) -> None:
        """Take a piece, where it goes on from what is here. Raises ``Refusal`` with the codes of tus."""
        if part.sha256 == self._given_up:
            return
        try:
            if part.sha256 != self._sha256:
                self._begin(part)
            if self._reached >= self._size or part.offset + len(part.data) <= self._reached:
                return
            if part.offset > self._reached:
                self._account.gaps += 1
                self._account.files_open[part.exhibit] = self._size - self._reached
                return
            self._add(part, part.data[self._reached - part.offset :])
        except FieldKitError as error:
            self._given_up = part.sha256
            self._account.gaps += 1
            self._account.files_open[part.exhibit] = part.size - self._reached
            raise Refusal("handover.file_not_taken", exhibit=part.exhibit, why=error.code) from error

    def _begin(self, part: FilePart) -> None:
        headers = {tus.LENGTH: str(part.size), tus.METADATA: tus.revision_metadata(part.revision)}
        self._sha256, self._size = part.sha256, part.size
        self._hear(part, self._call(files.begin, headers, b"", {}))

    def _add(self, part: FilePart, data: bytes) -> None:
        headers = {
            tus.OFFSET: str(self._reached), tus.CHECKSUM: tus.checksum(hashlib.sha256(data).digest()),
            "Content-Type": tus.OFFSET_TYPE,
        }  # fmt: skip
        self._hear(part, self._call(files.add, headers, data, {"upload": self._place.rsplit("/", 1)[-1]}))

    def _hear(self, part: FilePart, headers: Headers) -> None:
        self._place = headers.get("location", self._place)
        self._reached = int(headers[tus.OFFSET])
        if (receipt := tus.read_receipt(headers)) is not None:
            self._answer.add(Kind.FILE_RECEIPT, *receipt)
            self._account.files.add(part.exhibit)
            self._account.files_open.pop(part.exhibit, None)
        elif self._reached < self._size:
            self._account.files_open[part.exhibit] = self._size - self._reached

    def _call(self, handler: object, headers: dict[str, str], body: bytes, parts: dict[str, str]) -> Headers:
        call = Call(
            core=self._answer.core, sender=self._answer.device, message=None, body=io.BytesIO(body), source="",
            parts=parts, query={}, headers=Headers(tus.TUS | headers), digest=hashlib.sha256(body).digest(),
        )  # fmt: skip
        return Headers(dict(handler(call).headers))  # type: ignore[operator]
