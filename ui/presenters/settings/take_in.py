"""Take work in: an export is proved, what is in it and what is here already is shown, then it is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ui.presenters.field_error import FieldError
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session
from ui.presenters.settings.services import ExportFound, ExportIn, Stop, VaultKeeper
from ui.presenters.wording import sentence, ui
from ui.presenters.wording.kinds import kind_of_record

if TYPE_CHECKING:
    from fieldkit.app.takeout.digests import LogDigest
    from fieldkit.app.takeout.taking_in import Proved, TakenIn

FIELD = "take_in_file"
_GROUP = 8
_KINDS = {
    "entry": "Note", "addendum": "Added words", "filing": "Tags put on later", "withdrawal": "Withdrawal",
    "assessor": "Name of an assessor", "custody": "Event of custody",
}  # fmt: skip
"""What people call kinds of the log that are no records of fieldwork."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InPreview:
    """What would come in. ``warnings`` and ``lines`` are what decides, ``details`` what may be looked up below."""

    title: str
    lines: tuple[str, ...]
    details: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    may_take: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeInState:
    """``done`` of ``total`` of what ``busy`` says; ``result`` are lines about what came of it."""

    preview: InPreview | None = None
    busy: str = ""
    done: int = 0
    total: int = 0
    notice: str = ""
    result: tuple[str, ...] = ()
    fault: str = ""
    errors: tuple[FieldError, ...] = ()


class TakeIn(Presenter[TakeInState]):
    """One export at a time; nothing is kept before the person has seen what is in it."""

    def __init__(self, session: Session, keeper: VaultKeeper) -> None:
        super().__init__(TakeInState())
        self._session = session
        self._keeper = keeper
        self._found: ExportFound | None = None
        self._stop: Stop | None = None

    def look(self, path: str) -> None:
        """Prove an export, the file or its folder, and show what is in it."""
        if self.state.busy:
            return
        self._found = None
        if not path.strip():
            error = FieldError(field=FIELD, text=sentence("import.no_path"))
            self._show(TakeInState(errors=(error,)))
            return
        self._show(TakeInState(busy="Checking the export…"))
        file = Path(path.strip()).expanduser()
        self._stop = self._keeper.prove(self._session, file, self._went_on, self._proved, self._refused)

    def take_in(self) -> None:
        """Keep what was looked at."""
        if self._found is None or self.state.busy:
            return
        self._show(replace(self.state, busy="Taking in…", done=0, total=0, fault="", errors=()))
        self._stop = self._keeper.take_in(self._session, self._found, self._went_on, self._taken, self._refused)

    def leave(self) -> None:
        """Do not take it in."""
        if not self.state.busy:
            self._found = None
            self._show(TakeInState())

    def stop(self) -> None:
        """End what is going on."""
        if self._stop is not None:
            self._stop()

    def close(self) -> None:
        """The vault is left: end what is going on."""
        self.stop()

    def _went_on(self, words: str, done: int, total: int) -> None:
        if self.state.busy:
            said = words if total or not done else f"{words.rstrip('…')}: {ui.count(done, 'record')}"
            self._show(replace(self.state, busy=said, done=done, total=total))

    def _proved(self, found: ExportFound) -> None:
        self._found, self._stop = found, None
        preview = preview_of(found)
        self._session.say(" ".join((*preview.warnings, preview.title, *preview.lines[:2])))
        self._show(TakeInState(preview=preview))

    def _taken(self, came: ExportIn) -> None:
        found, self._found, self._stop = self._found, None, None
        if found is None:
            return
        notice = taken_words(found.proved, came.taken)
        self._session.say(notice, urgent=bool(came.taken.set_aside))
        self._show(TakeInState(notice=notice, result=result_lines(found.proved, came)))

    def _refused(self, problem: Exception) -> None:
        self._stop = None
        words, code = sentence(problem), getattr(problem, "code", "")
        self._session.say(words, urgent=True)
        if code == "import.stopped":
            self._show(TakeInState(notice=words))
        elif code.startswith(("import.", "revision.")) and self._found is None:
            self._show(TakeInState(errors=(FieldError(field=FIELD, text=words),)))
        else:
            self._show(replace(self.state, busy="", fault=words))


def preview_of(found: ExportFound) -> InPreview:
    """An export in words: what is in it, what of it is here already, and who vouches for it."""
    proved = found.proved
    fresh, known = proved.fresh, proved.revisions - proved.fresh
    lines = [
        f"{ui.count(proved.revisions, 'record')} checked: every signature, digest and chain holds",
        "None of it is here yet" if not known else f"{fresh:,} new here, {known:,} here already"
        if fresh else "All of it is here already. Taking it in would change nothing",
        *_file_lines(proved),
        *_sealed(proved),
    ]  # fmt: skip
    warnings = [
        f"Only the file says that this is the key of laptop {device}. Ask whose it is, and compare: {words}"
        for device, words in found.keys
    ]
    if proved.is_ahead:
        warnings.append("It holds later work of this laptop than the vault: this laptop goes on under a new device")
    kinds = (
        f"{_KINDS.get(one.kind) or kind_of_record(one.kind)}: {one.records:,}{_new(one.records, one.fresh)}"
        for one in proved.kinds
    )
    details = (_written(proved), "; ".join(kinds), *digest_lines("The file", proved.digest))
    return InPreview(
        title=f"‘{proved.head.name}’", lines=tuple(lines), details=details, warnings=tuple(warnings),
        may_take=bool(fresh or proved.head.files),
    )  # fmt: skip


def taken_words(proved: Proved, taken: TakenIn) -> str:
    """What came in, in one sentence."""
    known = proved.revisions - taken.fresh
    here = f", {known:,} were here already" if known else ""
    aside = f". {ui.count(taken.set_aside, 'record')} did not hold here and were set aside" if taken.set_aside else ""
    return f"‘{proved.head.name}’: {ui.count(taken.fresh, 'record')} taken in{here}{aside}"


def result_lines(proved: Proved, came: ExportIn) -> tuple[str, ...]:
    """Files, what stayed sealed, and the digests of the vault held against those of the file."""
    taken, same = came.taken, came.digest == proved.digest
    files = taken.files + taken.known_files + taken.files_missing
    said = (
        [f"{ui.count(taken.files, 'file')} taken in, {taken.known_files:,} here already, {taken.files_missing:,} did"
         " not come along"] if files else []
    )  # fmt: skip
    held = (
        "This vault holds of it what the file holds, to the last record: the digests are the same"
        if same
        else "This vault holds other records of it beside those of the file, so its digests are its own"
    )
    return (*said, *_sealed(proved), held, *digest_lines("This vault", came.digest))


def digest_lines(whose: str, digest: LogDigest) -> tuple[str, str]:
    """The two digests that ``vault verify`` tells, in groups that can be read out."""
    return (f"{whose}, digest of the log: {_grouped(digest.log)}", f"{whose}, of the words: {_grouped(digest.words)}")


def _grouped(digest: str) -> str:
    return " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))


def _new(records: int, fresh: int) -> str:
    return "" if fresh == records else f", {fresh:,} new" if fresh else ", here already"


def _written(proved: Proved) -> str:
    head = proved.head
    try:
        made = datetime.fromisoformat(head.made_at).astimezone()
        at = f"{ui.day(made.date())}, {ui.clock(made)}"
    except ValueError:  # the file may say anything
        at = "at a time it does not say"
    return f"Written {at} by {head.app or 'a program it does not name'}"


def _file_lines(proved: Proved) -> tuple[str, ...]:
    files = proved.head.files
    if files is None:
        return ("No attached files beside it",)
    return (f"{ui.count(len(files), 'attached file')} beside it, each the one that its record names",) if files else ()


def _sealed(proved: Proved) -> tuple[str, ...]:
    if not proved.sealed:
        return ()
    return (f"{ui.count(proved.sealed, 'record')} came without words: held when it was taken out, or never shared",)
