"""Writing a hand-over file from the vault: the store gets what it has not confirmed, a team-mate what is theirs.

Nothing counts as sent by it: the outbox, the exposure meter and every tick stay as they are. What is remembered is that
the words may have left, so that a later withdrawal follows them, exactly as with a request whose reply was lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from fieldkit.app.handing_over import HandedOver
from fieldkit.app.ports import SyncStore
from fieldkit.app.transfers import FileTask
from fieldkit.domain.receipt import Signed
from fieldkit.domain.revision import Revision
from fieldkit.kernel.clock import Clock, to_stamp
from fieldkit.kernel.errors import Mistake, Trouble
from sync.handing_in import PAGE
from sync.link import Call
from sync.translate import wire_revision
from sync.wire.bundles.entries import FilePart, Kind
from sync.wire.bundles.heads import Place, What
from sync.wire.bundles.writing import LARGEST_PART, Author, BundleWriter, Folder, Letter
from sync.wire.frames import LARGEST_FRAME, FrameWriter, compress

SUFFIX = ".fieldbundle"
ENTRY_BYTES = 2**20
"""Plain bytes of revisions in one entry: so much is lost with a spoilt place on a stick, and no more."""

FILE_BYTES = 2**20
_MOST_TRIES = 8
"""Times a page is listed again because a note of it was withdrawn that moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Whom a file is for. Without a ``device``: the central store, which gets what it has not confirmed."""

    name: str
    public: bytes
    device: str = ""

    @property
    def is_centre(self) -> bool:
        """Whether it is the central store."""
        return not self.device


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was written."""

    handed: HandedOver
    parts: tuple[Path, ...]
    size: int


@dataclass(slots=True, kw_only=True)
class Giving:
    """Writes one file. ``lacking`` (for a pairing) are the revisions wanted; ``None``: all there are.

    ``progress(done, total)`` counts bytes of attached files and revisions alike; ``stopping`` is asked between entries.
    """

    call: Call
    clock: Clock
    app: str
    limit: int = LARGEST_PART
    progress: Callable[[int], None] = lambda count: None
    stopping: Callable[[], bool] = lambda: False
    lacking: frozenset[str] | None = None
    offsets: dict[str, int] = field(default_factory=dict)
    """Bytes that the other side has already of files it named."""
    excluded: frozenset[str] = frozenset()
    """Revisions and SHA-256 of files that went by another way, and go not with this."""
    bare: frozenset[str] = frozenset()
    """Revisions of which the envelope went so: they go where their content is due too."""
    asks: bool = False
    """Ask for the team's work, and hand nothing in."""
    revisions: int = 0
    """Written so far."""

    def write(self, to: Addressee, folder: Path, stem: str, *, bundle: str = "") -> Given:
        """Write the parts into ``folder``; what could not be finished is taken away again.

        For the central store, a laptop with nothing to hand in asks for its team's work. Raises
        ``Mistake('handover.nothing' | 'handover.limit')``, ``Refusal('key.unusable')`` and
        ``Trouble('handover.disk_full' | 'handover.stick' | 'send.stopped')``.
        """
        files = Folder(folder, stem, SUFFIX)
        self.asks = self.asks or (to.is_centre and self._has_nothing())
        letter, reached = self.letter(to), self.call(lambda store: store.hand_over.reached())
        with BundleWriter(letter, files, self.limit, bundle) as writer:
            sent = self.fill(writer, to)
        handed = HandedOver(
            bundle=writer.bundle, at=self.clock.now(), to=to.name, is_centre=to.is_centre, revisions=self.revisions,
            files=sent, parts=len(files.written), sizes=tuple(writer.sizes), reached=reached, asks=self.asks,
        )  # fmt: skip
        self.call(lambda store: store.hand_over.note_handed(handed))
        return Given(handed=handed, parts=files.written, size=writer.size)

    def fill(self, writer: BundleWriter, to: Addressee) -> int:
        """Everything that is due into ``writer``: teams, words, files. How many files."""
        for team in self.call(lambda store: store.hand_over.teams()):
            writer.add(Kind.TEAM, team.signature + team.data)
        if self.asks:
            return 0
        self._receipts(writer, to)
        for body, count in self._bodies(to):
            self._check_on()
            writer.add(Kind.REVISIONS, body, count)
            self.revisions += count
            self.progress(self.revisions)
        tasks = self._tasks(to)
        if not self.revisions and not tasks and self.lacking is None:
            raise Mistake("handover.nothing", to=to.name)
        return sum(self._file(writer, task) for task in tasks)

    def has_something(self, to: Addressee) -> bool:
        """Whether anything is due to them."""
        return any(self._pages(to)) or bool(self._tasks(to))

    def _has_nothing(self) -> bool:
        return not self.call(lambda store: store.outgoing(0, 1)) and not self.call(
            lambda store: store.hand_over.files_for("")
        )

    def _tasks(self, to: Addressee) -> list[FileTask]:
        found = self.call(lambda store: store.hand_over.files_for(to.device))
        return [task for task in found if task.sha256 not in self.excluded]

    def _receipts(self, writer: BundleWriter, to: Addressee) -> None:
        """To a team-mate the store's receipts for their work, which came here for having handed it on."""
        if to.is_centre:
            return
        sheets, files = self.call(lambda store: _receipts_for(store, to.device))
        for kind, signed in ((Kind.SHEET, sheets), (Kind.FILE_RECEIPT, files)):
            for one in signed:
                writer.add(kind, one.signature + one.data)

    def letter(self, to: Addressee) -> Letter:
        """What every part of it says."""
        me = self.call(lambda store: store.hand_over.me())
        author = Author(device=me.device, author=me.author, name=me.name, app=self.app, key=me.key)
        asked: dict[str, Any] = self.call(lambda store: store.hand_over.asked()) if to.is_centre else {}
        if self.asks:
            asked["request"] = True
        place = Place.CENTRE if to.is_centre else Place.LAPTOP
        return Letter(
            what=What.WORK, place=place, to=to.public, author=author, made_at=to_stamp(self.clock.now()), asked=asked
        )  # fmt: skip

    def _bodies(self, to: Addressee) -> Iterator[tuple[bytes, int]]:
        for revisions in self._pages(to):
            for some in _portions(revisions):
                writer = FrameWriter()
                frames = [writer.revision(wire_revision(one), one.hash) for one in some]
                yield b"".join(compress(frames)), len(some)

    def _pages(self, to: Addressee) -> Iterator[list[Revision]]:
        after, is_last = 0, False
        while not is_last:
            self._check_on()
            for _ in range(_MOST_TRIES):
                page, reached, is_last = self._page(to, after)
                contents = [one.envelope.id for one in page if one.content is not None]
                if self.call(partial(_mark, contents)) is not None:
                    break
            else:
                raise Trouble("send.stopped")
            after = reached
            if page:
                yield page

    def _page(self, to: Addressee, after: int) -> tuple[list[Revision], int, bool]:
        if to.is_centre:
            found = self.call(lambda store: store.outgoing(after, PAGE))
            revisions, reached = [item.revision for item in found], found[-1].n if found else after
            is_last = len(found) < PAGE
        else:
            revisions, reached, is_last = self.call(
                lambda store: store.hand_over.revisions_for(to.device, after, PAGE)
            )  # fmt: skip
        revisions = [one for one in revisions if self._is_due(one)]
        return revisions, reached, is_last

    def _is_due(self, one: Revision) -> bool:
        name = one.envelope.id
        went = name in self.excluded or (one.content is None and name in self.bare)
        return not went and (self.lacking is None or name in self.lacking)

    def _file(self, writer: BundleWriter, task: FileTask) -> int:
        store = self.call(lambda vault: vault.files)
        offset = self.offsets.get(task.sha256, 0)
        if offset >= task.size > 0:
            return 0
        with store.open(task.sha256) as source:
            source.seek(offset)
            while data := source.read(writer.room_for_file(FILE_BYTES)):
                self._check_on()
                part = FilePart(
                    assessment=task.assessment, revision=task.revision, exhibit=task.exhibit, sha256=task.sha256,
                    size=task.size, offset=offset, data=data,
                )  # fmt: skip
                writer.add(Kind.FILE, part.to_bytes())
                offset += len(data)
        return 1

    def _check_on(self) -> None:
        if self.stopping():
            raise Trouble("send.stopped")


def _receipts_for(store: SyncStore, device: str) -> tuple[list[Signed], list[Signed]]:
    carrying = store.hand_over.carrying
    return carrying.sheets_for(device), carrying.file_receipts_for(device)


def _mark(contents: list[Any], store: SyncStore) -> tuple[Any, ...] | None:
    return store.mark_offered(contents)


def _portions(revisions: list[Revision]) -> Iterator[list[Revision]]:
    """Revisions in portions of about ``ENTRY_BYTES``; one that fits no frame stays, as it does with sending."""
    some, size = list[Revision](), 0
    for one in revisions:
        length = len(one.envelope_bytes) + len(one.content or b"") + 128
        if length > LARGEST_FRAME:
            continue
        if some and size + length > ENTRY_BYTES:
            yield some
            some, size = [], 0
        some.append(one)
        size += length
    if some:
        yield some
