"""Taking an export in: all of it is proved before anything is kept, then it goes the way a stick's pages go.

A file comes from anywhere. Every signature, digest, chain and file is checked in a first reading, and one that does
not hold refuses the whole file with nothing changed. The second reading hands the revisions to ``HandOverStore``,
which checks them once more, as it does whatever comes from outside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from fieldkit.app.changes import ChangeSet
from fieldkit.app.file_store import FileStore
from fieldkit.app.handing_over import KnownBy, KnownLaptop
from fieldkit.app.ports import DeviceKey, Questions, SyncStore
from fieldkit.app.takeout.digests import LogDigest, digest_over
from fieldkit.app.takeout.export_in import ExportHead, FileIn, document_of, read_head, read_revisions
from fieldkit.app.transfers import FileTask
from fieldkit.domain.revision import SALT_BYTES, Revision, digest_holds, signature_holds
from fieldkit.kernel.errors import Refusal, Trouble
from fieldkit.kernel.ids import AssessmentId, DeviceId, new_id
from fieldkit.kernel.signing import SigningKey, VerifyKey

T = TypeVar("T")
AT_ONCE = 500
Progress = Callable[[int, int], None]
"""How many revisions are done, of how many; raises to end it."""


class Call(Protocol):
    """Runs one local transaction where the vault may be written, and waits for its result."""

    def __call__(self, use: Callable[[SyncStore], T], /) -> T: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """What this vault knows that an export is held against, read in one go before the export is.

    ``held`` are hashes by revision, ``own`` how far each chain of this laptop goes, ``known`` and ``listed`` the keys
    that the vault and the office vouch for.
    """

    may: frozenset[AssessmentId] | None
    has_office: bool
    held: Mapping[str, str]
    own: Mapping[str, int]
    known: Mapping[str, DeviceKey]
    listed: Mapping[str, KnownLaptop]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How many records of one kind an export has, and how many of them are new here."""

    kind: str
    records: int
    fresh: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """An export of which everything holds, and what of it would be new here.

    ``sealed`` revisions came by their envelope alone: what a consent held when the export was made. ``strangers`` are
    devices whose key only the file itself vouches for.
    """

    document: Path
    head: ExportHead
    revisions: int
    fresh: int
    sealed: int
    strangers: tuple[DeviceKey, ...]
    is_ahead: bool
    """It holds revisions of this very laptop that this vault does not have: it goes on under a new device."""
    digest: LogDigest
    """Of the file, as ``vault verify`` tells it of a vault."""
    kinds: tuple[Kind, ...] = ()
    """By how many there are."""


@dataclass(slots=True, kw_only=True)
class TakenIn:
    """What came of it. ``files`` were taken in, ``known_files`` lay here, ``files_missing`` did not come along."""

    revisions: int = 0
    fresh: int = 0
    set_aside: int = 0
    files: int = 0
    known_files: int = 0
    files_missing: int = 0
    touched: set[str] = field(default_factory=set)


def prove(path: Path, questions: Questions, store: SyncStore, tell: Progress = lambda done, total: None) -> Proved:
    """Read all of it and change nothing.

    Raises ``Refusal`` ``import.…`` or ``revision.malformed``: not an export, altered, signed by another key than is
    known here, of an assessment that is not this laptop's; ``Mistake('import.no_file')``.
    """
    document, head = opened(path)
    return prove_against(document, head, here_of(head, questions, store), tell)


def opened(path: Path) -> tuple[Path, ExportHead]:
    """The document and what it says of itself; nothing is proved yet. Raises as ``prove`` does."""
    document = document_of(path)
    return document, read_head(document)


def here_of(head: ExportHead, questions: Questions, store: SyncStore) -> Here:
    """What the vault knows of the assessment of an export."""
    hand_over = store.hand_over
    return Here(
        may=hand_over.may_take(), has_office=hand_over.centre() is not None,
        held={str(one.envelope.id): one.hash for one in questions.revisions(head.assessment)},
        own={str(hand_over.me().device): hand_over.asked()["own_after"]},
        known={str(one.device): one for one in questions.devices()},
        listed={str(one.device): one for one in hand_over.laptops()},
    )  # fmt: skip


def prove_against(document: Path, head: ExportHead, here: Here, tell: Progress = lambda done, total: None) -> Proved:
    """Read all of an export without the vault, which may be in use meanwhile. Raises as ``prove`` does."""
    _may_take(head, here)
    strangers = _strangers(head, here)
    check = _Check(head=head, held=here.held, own=here.own)
    for count, revision in enumerate(read_revisions(document), 1):
        check.take(revision)
        if count % AT_ONCE == 0:
            tell(count, 0)
    if not check.revisions or not check.has_assessment:
        raise Refusal("import.nothing")
    _check_files(document.parent, head.files or ())
    return Proved(
        document=document, head=head, revisions=check.revisions, fresh=check.fresh, sealed=check.sealed,
        strangers=strangers, is_ahead=check.is_ahead, digest=check.digest(), kinds=check.kinds(),
    )  # fmt: skip


def take_in(proved: Proved, store: SyncStore, tell: Progress = lambda done, total: None) -> TakenIn:
    """Keep what was proved; what was here already stays as it is. Files lie beside the document.

    Raises ``Refusal('flood.paused')`` where it would take much out of use at once, and trouble of the disk; what came
    before is kept, and the same file may be taken in once more.
    """
    return take_in_by(proved, lambda use: use(store), tell)


def take_in_by(proved: Proved, call: Call, tell: Progress = lambda done, total: None) -> TakenIn:
    """The same, page by page through ``call``: what is typed meanwhile is kept in between."""
    head, found = proved.head, TakenIn(revisions=proved.revisions)
    call(lambda store: store.hand_over.begin())
    if proved.is_ahead:
        call(lambda store: store.start_incarnation(DeviceId(new_id()), SigningKey.generate()))
    laptops = [_laptop(one, head) for one in head.devices.values()]
    subject = (one for one in read_revisions(proved.document) if one.envelope.assessment == head.assessment)
    for page in _pages(subject):
        found.fresh += call(partial(_lacking, page))
        changes = call(partial(_keep, page, laptops))
        found.set_aside += len(changes.ids("set_aside"))
        found.touched |= changes.ids("assessment")
        tell(min(found.fresh, proved.fresh), proved.fresh)
    _take_files(proved, call, found)
    return found


def _lacking(page: Sequence[Revision], store: SyncStore) -> int:
    ids, contents = [one.envelope.id for one in page], [one.content is not None for one in page]
    return len(store.hand_over.lacking(ids, contents))


def _keep(page: Sequence[Revision], laptops: Sequence[KnownLaptop], store: SyncStore) -> ChangeSet:
    return store.hand_over.take_in(page, laptops)


def _pages(revisions: Iterable[Revision]) -> Iterator[list[Revision]]:
    page: list[Revision] = []
    for one in revisions:
        page.append(one)
        if len(page) == AT_ONCE:
            yield page
            page = []
    if page:
        yield page


@dataclass(slots=True, kw_only=True)
class _Check:
    """What has to hold of all revisions together, revision by revision."""

    head: ExportHead
    held: Mapping[str, str]
    own: Mapping[str, int]
    revisions: int = 0
    fresh: int = 0
    sealed: int = 0
    is_ahead: bool = False
    has_assessment: bool = False
    _keys: dict[str, VerifyKey] = field(default_factory=dict)
    _links: dict[tuple[str, int], str] = field(default_factory=dict)
    _before: dict[tuple[str, int], str] = field(default_factory=dict)
    _hashes: dict[str, str] = field(default_factory=dict)
    _own: set[str] = field(default_factory=set)
    _said: set[str] = field(default_factory=set)
    _kinds: dict[str, set[str]] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)

    def take(self, revision: Revision) -> None:
        """Raises ``Refusal('import.altered' | 'import.key_missing' | 'import.differs')``."""
        one = revision.envelope
        self._signed(revision)
        if not digest_holds(revision) or (revision.salt is not None and len(revision.salt) != SALT_BYTES):
            raise Refusal("import.altered", what=one.id)
        self._chained(revision)
        if self._hashes.setdefault(one.id, revision.hash) != revision.hash:
            raise Refusal("import.altered", what=one.id)
        self.is_ahead = self.is_ahead or one.seq > self.own.get(one.device, one.seq)
        if one.assessment != self.head.assessment:
            return
        if self.held.get(one.id, revision.hash) != revision.hash:
            raise Refusal("import.differs", what=one.id)
        self.revisions += 1
        self.fresh += one.id not in self.held
        self.sealed += revision.content is None
        self.has_assessment = self.has_assessment or one.kind == "assessment"
        self._own.add(revision.hash)
        if revision.content is not None:
            self._said.add(revision.hash)
        self._kinds.setdefault(one.kind, set()).add(one.record)
        if one.id in self.held:
            self._known.add(one.record)

    def digest(self) -> LogDigest:
        """Of everything of the assessment that was read."""
        return digest_over(self.head.assessment, self.head.name, self._own, self._said)

    def kinds(self) -> tuple[Kind, ...]:
        """Most first."""
        found = (
            Kind(kind=kind, records=len(records), fresh=len(records - self._known))
            for kind, records in self._kinds.items()
        )
        return tuple(sorted(found, key=lambda one: (-one.records, one.kind)))

    def _signed(self, revision: Revision) -> None:
        device = revision.envelope.device
        known = self.head.devices.get(device)
        if known is None or known.author != revision.envelope.author:
            raise Refusal("import.key_missing", what=revision.envelope.id)
        if device not in self._keys:
            try:
                self._keys[device] = VerifyKey(known.public)
            except ValueError as error:
                raise Refusal("import.malformed") from error
        if not signature_holds(revision, self._keys[device]):
            raise Refusal("import.altered", what=revision.envelope.id)

    def _chained(self, revision: Revision) -> None:
        """Two neighbours of a chain name each other, whichever stands first in the file."""
        one = revision.envelope
        place = (str(one.device), one.seq)
        follows, before = self._before.get((place[0], one.seq + 1)), self._links.get((place[0], one.seq - 1))
        wrong = (follows is not None and follows != revision.hash) or (before is not None and before != one.prev)
        if wrong or self._links.setdefault(place, revision.hash) != revision.hash:
            raise Refusal("import.altered", what=one.id)
        self._before[place] = one.prev


def _may_take(head: ExportHead, here: Here) -> None:
    if here.may is not None and head.assessment not in here.may:
        raise Refusal("import.not_on_team", name=head.name)


def _strangers(head: ExportHead, here: Here) -> tuple[DeviceKey, ...]:
    """A key that is known here counts more than the file's word; at an office only its own word counts."""
    found = []
    for device, one in head.devices.items():
        known = here.known.get(device) or here.listed.get(device)
        if known is not None and (known.author, known.public) != (one.author, one.public):
            raise Refusal("import.key_differs", device=device)
        if known is None:
            found.append(one)
    if found and here.has_office:
        raise Refusal("import.device_unknown", count=len(found))
    return tuple(found)


def _laptop(one: DeviceKey, head: ExportHead) -> KnownLaptop:
    return KnownLaptop(
        device=one.device, author=one.author, public=one.public, name="", role="",
        assessments=frozenset({head.assessment}), by=KnownBy.CARD,
    )  # fmt: skip


def _check_files(folder: Path, files: Iterable[FileIn]) -> None:
    """Every file that the document lists lies there, inside the folder, and is the one that it names."""
    for one in files:
        path = _inside(folder, one)
        try:
            if path.stat().st_size != one.size:
                raise Refusal("import.file_differs", file=one.path[:120])
            with path.open("rb") as source:
                found = hashlib.file_digest(source, "sha256").hexdigest()
        except OSError as error:
            raise Refusal("import.file_missing", file=one.path[:120]) from error
        if found != one.sha256:
            raise Refusal("import.file_differs", file=one.path[:120])


def _inside(folder: Path, one: FileIn) -> Path:
    """Raises ``Refusal('import.file_outside')``: a path that leads elsewhere, by itself or through a link."""
    with suppress(OSError, ValueError):
        whole = folder.resolve()
        path = (whole / one.path).resolve()
        if whole in path.parents and not (folder / one.path).is_symlink():
            return path
    raise Refusal("import.file_outside", file=one.path[:120])


def _take_files(proved: Proved, call: Call, found: TakenIn) -> None:
    """Only what a record of this assessment names is taken, by its hash and size."""
    folder = proved.document.parent
    beside = {one.sha256: one for one in proved.head.files or ()}
    files = call(lambda store: store.files)  # any thread may use them
    for (assessment, sha256), task in call(lambda store: store.hand_over.named_files()).items():
        if assessment != proved.head.assessment:
            continue
        if files.has(sha256):
            found.known_files += 1
        elif sha256 not in beside or beside[sha256].size != task.size:
            found.files_missing += 1
        else:
            _take_file(_inside(folder, beside[sha256]), sha256, task.size, files)
            call(partial(_note_brought, task))
            found.files += 1


def _note_brought(task: FileTask, store: SyncStore) -> None:
    store.hand_over.carrying.note_brought(task)


def _take_file(path: Path, sha256: str, size: int, files: FileStore) -> None:
    """Raises ``Refusal('import.file_missing' | 'import.file_differs')`` where it was changed since it was proved."""
    taking = files.take(sha256, size)
    try:
        with path.open("rb") as source:
            source.seek(taking.done)
            for piece in iter(lambda: source.read(2**18), b""):
                taking.write(piece)
        taking.keep()
    except OSError as error:
        taking.leave()
        raise Refusal("import.file_missing", file=path.name[:120]) from error
    except Trouble as error:
        taking.leave()
        if error.code == "attach.differs":
            raise Refusal("import.file_differs", file=path.name[:120]) from error
        raise
