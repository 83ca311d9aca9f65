"""Taking in hand-over files at a laptop: exactly what a pull would have done, from a stick instead of a line.

Parts may come in any order, twice, half copied or under other names. What is whole is taken, what is not is told, and
nothing that is not proved ever shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO

from fieldkit.app.changes import ChangeSet
from fieldkit.app.handing_over import HandedOver, KnownLaptop
from fieldkit.app.ports import SyncStore
from fieldkit.domain.carrier_receipt import LARGEST, MAGIC, CarrierReceipt, from_file
from fieldkit.domain.hand_over_account import Account
from fieldkit.domain.receipt import Signed
from fieldkit.domain.revision import Revision
from fieldkit.kernel.clock import from_stamp, to_stamp
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from fieldkit.kernel.ids import AssessmentId
from fieldkit.kernel.signing import SIGNATURE_BYTES, SigningKey, VerifyKey
from sync.bundle.along import Along, stem_of
from sync.bundle.assembling import Assembling, is_of_the_disk
from sync.bundle.receipts import Receipts
from sync.link import Call
from sync.translate import domain_revision
from sync.wire.bundles.entries import End, FilePart, Kind
from sync.wire.bundles.heads import Head, What, read_head
from sync.wire.bundles.pieces import Entry, Spoilt
from sync.wire.bundles.reading import OpenPart, open_part
from sync.wire.frames import FrameReader, read_frames
from sync.wire.frames import Kind as Frame

LARGEST_BODY = 64 * 2**20
"""Bytes that one entry of revisions may unpack to; ours unpack to one or two MiB."""

MOST_FRAMES = 50_000
MOST_BAD = 1_000
"""Revisions of one file that do not hold, after which the rest of it is left: no mishap makes so many."""

AT_ONCE = 500


class Taker:
    """Takes in the parts of any number of hand-over files that are for this laptop."""

    def __init__(
        self,
        call: Call,
        progress: Callable[[int], None] = lambda count: None,
        stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._call, self._progress, self._stopping = call, progress, stopping
        self._done = 0
        self.read_here: dict[str, Along] = {}
        """Work of others that was taken in: the bundles, and what of them came whole."""
        self._laptops: list[KnownLaptop] = []
        self._may: frozenset[AssessmentId] | None = None

    def run(self, paths: Iterable[Path]) -> list[Account]:
        """Take in what is in ``paths``: one account for each hand-over file, and for each that is none.

        What is wrong with a file is in its account. Raises ``Trouble('send.stopped')``, and trouble of this laptop's
        own disk; what came before it is kept.
        """
        self._call(lambda store: store.hand_over.begin())
        keys = self._call(lambda store: store.hand_over.signing_keys())
        accounts: dict[str, Account] = {}
        for path, _ in sorted(((one, _order(one)) for one in paths), key=lambda pair: pair[1]):
            try:
                with path.open("rb") as source:
                    self._part(path, source, keys, accounts)
            except OSError:
                _other(accounts, path).add(Trouble("handover.stick", file=path.name))
            except (Refusal, Trouble) as error:
                if _ends_all(error):
                    raise
                _other(accounts, path).add(Refusal(error.code, **{**error.details, "file": path.name}))
        return list(accounts.values())

    def take(self, source: IO[bytes], account: Account, part: OpenPart) -> None:
        """Take in one part of which it was proved who made it."""
        account.parts.add(part.head.part)
        self._look()
        files = Assembling(
            store=self._call(lambda store: store.files), told=account,
            brought=lambda task: self._call(lambda store: store.hand_over.carrying.note_brought(task)),
        )  # fmt: skip
        is_receipt = part.manifest.what is What.RECEIPT
        # What a mate brings is believed where the store signed it; whatever else stands there changes nothing.
        receipts = Receipts(call=self._call, told=account if is_receipt else Account(bundle=""))
        account.asks = account.asks or (not is_receipt and part.manifest.asked.get("request") is True)
        try:
            for found in part.entries():
                if self._stopping():
                    raise Trouble("send.stopped")
                if isinstance(found, Spoilt):
                    _note_spoilt(account, part.head, found)
                elif found.kind == Kind.END:
                    _end(account, part.head, found.payload)
                elif is_receipt or found.kind in {Kind.SHEET, Kind.FILE_RECEIPT}:
                    receipts.take(found)
                else:
                    self._entry(account, found, files)
                self._done += 1
                self._progress(self._done)
        finally:
            files.close()
            receipts.close()
        if is_receipt and account.receipts:
            self._confirmed(part)
        elif not is_receipt:
            account.receipts += receipts.told.receipts

    def _confirmed(self, part: OpenPart) -> None:
        """Say on the list of hand-overs that the store has answered this one."""
        answered = part.manifest.asked.get("answers")
        at = from_stamp(part.manifest.made_at)
        for one in self._call(lambda store: store.hand_over.handed()):
            if one.bundle == answered:
                self._call(partial(_note, replace(one, confirmed_at=at)))

    def _part(self, path: Path, source: IO[bytes], keys: Sequence[SigningKey], accounts: dict[str, Account]) -> None:
        if source.read(len(MAGIC)) == MAGIC:
            self._word(source, accounts)
            return
        part = open_part(source, keys)
        self._prove(part)
        account = accounts.get(part.head.bundle)
        if account is None:
            account = accounts[part.head.bundle] = Account(
                bundle=part.head.bundle, by=part.manifest.name, made_at=part.manifest.made_at
            )
        account.is_receipt = part.manifest.what is What.RECEIPT
        spoilt = account.spoilt
        try:
            self.take(source, account, part)
            if not account.is_receipt and account.spoilt == spoilt and part.head.part not in account.cut:
                self._came_whole(path, source, part)
        except (Refusal, Trouble) as error:
            if _ends_all(error):
                raise
            account.add(Refusal(error.code, **{**error.details, "file": path.name}))

    def _word(self, source: IO[bytes], accounts: dict[str, Account]) -> None:
        """A team-mate says that they carry something of this laptop's: kept beside it, and no tick comes of it."""
        source.seek(0)
        signed = from_file(source.read(LARGEST + 1))
        about = self._call(lambda store: store.hand_over.carrying.note_carrier(signed))
        said = CarrierReceipt.from_bytes(signed.data)
        name = next(one.name for one in about.carriers if one.device == said.device)
        accounts[f"carrier {said.bundle} {said.device}"] = Account(
            bundle=said.bundle, by=name, made_at=to_stamp(said.at), is_carriers=True, known=about.revisions
        )

    def _came_whole(self, path: Path, source: IO[bytes], part: OpenPart) -> None:
        one = self.read_here.setdefault(
            part.head.bundle,
            Along(bundle=part.head.bundle, stem=stem_of(path), folder=path.parent, is_read=True),
        )
        one.parts[part.head.part] = source.seek(0, 2)

    def _prove(self, part: OpenPart) -> None:
        """Raises ``Refusal('handover.signer_unknown' | 'handover.signer_wrong' | 'handover.other_office')``."""
        if part.manifest.what is What.RECEIPT:
            centre = self._call(lambda store: store.hand_over.centre())
            if centre is None or not part.is_by(VerifyKey(centre.public)):
                raise Refusal("handover.other_office")
            return
        public = self._key_of(part)
        if public is None:
            self._learn_teams(part)
            public = self._key_of(part)
        if public is None:
            raise Refusal("handover.signer_unknown", name=part.manifest.name)
        if not part.is_by(VerifyKey(public)):
            raise Refusal("handover.signer_wrong", name=part.manifest.name)

    def _key_of(self, part: OpenPart) -> bytes | None:
        me = self._call(lambda store: store.hand_over.me())
        if part.manifest.device == me.device:
            return me.key.public
        laptops = self._call(lambda store: store.hand_over.laptops())
        return next((one.public for one in laptops if one.device == part.manifest.device), None)

    def _learn_teams(self, part: OpenPart) -> None:
        """The office's own lists in the file are believed whoever brings them: the office signed them."""
        for found in part.entries():
            if isinstance(found, Entry) and found.kind not in {Kind.MANIFEST, Kind.TEAM}:
                return
            if isinstance(found, Entry) and found.kind == Kind.TEAM:
                self._team(found.payload)

    def _team(self, payload: bytes) -> None:
        signed = Signed(data=payload[SIGNATURE_BYTES:], signature=payload[:SIGNATURE_BYTES])
        try:
            self._call(lambda store: store.hand_over.keep_team(signed))
        except Refusal:
            return  # of another office, or of none: it says nothing here

    def _entry(self, account: Account, found: Entry, files: Assembling) -> None:
        if found.kind == Kind.TEAM:
            self._team(found.payload)
            self._look()
        elif found.kind == Kind.REVISIONS:
            self._revisions(account, found.payload)
        elif found.kind == Kind.FILE:
            self._file(account, found.payload, files)

    def _look(self) -> None:
        """Whose signatures can be checked, and which assessments are this laptop's."""
        self._laptops = self._call(lambda store: store.hand_over.laptops())
        self._may = self._call(lambda store: store.hand_over.may_take())

    def _file(self, account: Account, payload: bytes, files: Assembling) -> None:
        try:
            part = FilePart.from_bytes(payload)
        except Refusal:
            account.unreadable += 1
            return
        named = self._call(lambda store: store.hand_over.named_files())
        files.add(part, named.get((part.assessment, part.sha256)))

    def _revisions(self, account: Account, body: bytes) -> None:
        page = list[Revision]()
        for revision in _read(account, body):
            if self._may is not None and revision.envelope.assessment not in self._may:
                account.foreign += 1
                continue
            page.append(revision)
            if len(page) == AT_ONCE:
                self._keep(account, page)
                page = []
        self._keep(account, page)

    def _keep(self, account: Account, page: list[Revision]) -> None:
        if not page:
            return
        ids = [one.envelope.id for one in page]
        contents = [one.content is not None for one in page]
        fresh = len(self._call(lambda store: store.hand_over.lacking(ids, contents)))
        changes: ChangeSet = self._call(partial(_take_in, page, self._laptops))
        aside = len(changes.ids("set_aside"))
        account.aside += aside
        account.taken += fresh - min(fresh, aside)
        account.known += len(page) - fresh
        if account.aside + account.unreadable > MOST_BAD:
            raise Refusal("handover.too_many_bad")


def _ends_all(error: FieldKitError) -> bool:
    return error.code == "send.stopped" or is_of_the_disk(error)


def _note(handed: HandedOver, store: SyncStore) -> ChangeSet:
    return store.hand_over.note_handed(handed)


def _take_in(page: list[Revision], laptops: list[KnownLaptop], store: SyncStore) -> ChangeSet:
    return store.hand_over.take_in(page, laptops)


def _read(account: Account, body: bytes) -> Iterable[Revision]:
    """The revisions of one entry, up to the limits; what is no revision is counted."""
    reader, unpacked = FrameReader(), 0
    try:
        for count, (kind, payload) in enumerate(read_frames([body])):
            unpacked += len(payload)
            if count >= MOST_FRAMES or unpacked > LARGEST_BODY:
                raise Trouble("wire.damaged")
            try:
                if kind is not Frame.REVISION:
                    raise Refusal("revision.malformed")
                yield domain_revision(reader.revision(payload)[0])
            except FieldKitError:
                account.unreadable += 1
                if account.unreadable > MOST_BAD:
                    raise Refusal("handover.too_many_bad") from None
    except Trouble:
        account.spoilt += 1


def _note_spoilt(account: Account, head: Head, found: Spoilt) -> None:
    if found.is_cut:
        account.cut.add(head.part)
    else:
        account.spoilt += 1


def _end(account: Account, head: Head, payload: bytes) -> None:
    try:
        end = End.from_bytes(payload)
    except Refusal:
        account.spoilt += 1
        return
    if end.is_last:
        account.last = head.part


def _order(path: Path) -> tuple[str, int, str]:
    """Parts of one file together and in order, whatever they are called."""
    try:
        with path.open("rb") as source:
            head = read_head(source)
    except (FieldKitError, OSError):
        return "", 0, path.name
    return head.bundle, head.part, path.name


def _other(accounts: dict[str, Account], path: Path) -> Account:
    """The account for a file that could not be opened, under its own name."""
    return accounts.setdefault(f"file {path.name}", Account(bundle=path.name))
