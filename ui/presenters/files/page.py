"""The page Files: every attachment of an assessment; attach, look at, black out, fetch, copy, take out of use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fieldkit.app.attachments import withdraw
from fieldkit.app.changes import ChangeSet
from fieldkit.app.export_files import unattributable
from fieldkit.app.file_store import FileStore
from fieldkit.app.ports import Questions
from fieldkit.app.rows import FileRow, RecordRow
from fieldkit.app.sound_links import BEFORE
from fieldkit.app.sources import ABOUT_SOURCES
from fieldkit.domain.assessment import Assessment
from fieldkit.domain.attachment import Attachment
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId, EntryId, RecordId
from ui.presenters.files.attaching import Activities, AttachForm, Pasted
from ui.presenters.files.copies import save_copy
from ui.presenters.files.forms import correct_form, withdraw_form
from ui.presenters.files.moments import Moment, moments
from ui.presenters.files.notes import NOTHING_NOTED, Made, Noted, are_about, note_form, read_noted
from ui.presenters.files.state import IDLE, Busy, FileLine, FilesState, OpenPanel, PanelKind
from ui.presenters.files.viewer import Viewer
from ui.presenters.forms import Form
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session
from ui.presenters.undo import Deed
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import sentence, ui

Play = Callable[[RecordRow, int], None]
_KINDS = ("attachment", "receipt", "activity", "person", *ABOUT_SOURCES)
_FEW = 20
"""Notes that are looked at one by one: whether they are about a file. More come from the team, and all is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesFacts:
    """What the page is opened with."""

    assessment: Assessment
    activities: Activities
    people: list[str]
    rows: list[FileRow]
    here: frozenset[str]
    """SHA-256 of the files that are on this laptop."""
    moments: Mapping[str, tuple[Moment, ...]] = field(default_factory=dict)
    """By the id of each recording."""
    noted: Noted = NOTHING_NOTED
    chosen: RecordId | None = None
    """The file that was asked for."""
    silent: frozenset[str] = frozenset()
    """The files whose giver's code may not be told."""


class FilesPage(Presenter[FilesState]):
    """The verbs of the page; one form at a time. ``at_hand`` tells the activity that was worked on last.

    ``play`` plays a recording from a ms; it goes on on every page.
    """

    def __init__(
        self, session: Session, facts: FilesFacts, at_hand: Callable[[], str], play: Play,
        open_note: Callable[[EntryId], None],
    ) -> None:  # fmt: skip
        super().__init__(FilesState(lines=_lines(facts), chosen=facts.chosen))
        self.session = session
        self.assessment = facts.assessment
        self.viewer: Viewer | None = None
        self._facts = facts
        self._at_hand = at_hand
        self._play = play
        self._open_note = open_note
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    @property
    def crumbs(self) -> tuple[str, ...]:
        return (self.assessment.name, "Files")

    def close(self) -> None:
        """What was typed goes to disk; what is being copied is given up."""
        self._listening.close()
        if self.state.panel is not None:
            self.state.panel.form.close()
        if self.viewer is not None:
            self.viewer.close()

    def filter(self, words: str) -> None:
        """Type into the filter."""
        self._show(replace(self.state, words=words))

    def choose(self, record: str | None) -> None:
        """The cursor is on it."""
        chosen = RecordId(record) if record else None
        if chosen != self.state.chosen:
            self._show(replace(self.state, chosen=chosen, notice="", fault=""))

    def attach(self, file: str = "") -> None:
        """Ctrl+Shift+A, or a file was dropped: open the form, for the activity that was worked on last."""
        self._attach(None, file)

    def paste(self, data: bytes | None) -> None:
        """A picture from the clipboard, as PNG; ``None`` where there is none."""
        if data is None:
            self._tell_fault(sentence("attach.no_picture"))
            return
        name = f"Pasted picture {self.session.clock.now().astimezone():%Y-%m-%d %H%M}.png"
        self._attach(Pasted(data=data, name=name), "")

    def stop(self) -> None:
        """Stop copying, or making a copy."""
        panel = self.state.panel
        if panel is not None and isinstance(panel.form, AttachForm):
            panel.form.stop()

    def look(self) -> None:
        """Enter: the chosen file over the list."""
        line = self.state.line
        if line is None:
            self.session.say("Select a file first")
            return
        if line.can_be_played:
            self.play()
            return
        self.stop_looking()
        self.viewer = Viewer(self.session, line.value, self._redacted)
        self._show(replace(self.state, looking=True, notice="", fault=""))
        self.viewer.start()

    def play(self, position: int = 0) -> None:
        """Play the chosen sound; from a note, some seconds before it."""
        line = self.state.line
        if line is not None and line.can_be_played:
            self._play(line.row.row, max(0, position))

    def play_moment(self, entry: str) -> None:
        """From 3 seconds before a note."""
        line = self.state.line
        at = next((one.position for one in line.moments if one.entry == entry), None) if line is not None else None
        if at is not None:
            self.play(at - BEFORE)

    def stop_looking(self) -> None:
        """Esc: back to the list."""
        if self.viewer is not None:
            self.viewer.close()
            self.viewer = None
            self._show(replace(self.state, looking=False))

    def black_out(self) -> None:
        """Look at the chosen file and draw black boxes; again takes them off."""
        if self.viewer is None:
            self.look()
        if self.viewer is not None:
            self.viewer.draw()

    def note(self) -> None:
        """Alt+N: a note about the chosen file, in the activity it came up in."""
        line = self.state.line
        if line is None:
            self.session.say("Select a file first")
            return
        activities = [(key, title) for key, title, _ in self._facts.activities]
        known = {key for key, _ in activities}
        about = str(line.value.about)
        about = about if about in known else str(self._facts.noted.abouts.get(about, self._at_hand()))
        done = self._noted
        form = note_form(self.session, line.value, activities, about if about in known else "", done)
        self._open(PanelKind.NOTE, form)

    def open_note(self, entry: str) -> None:
        """A note about the file, where it was made."""
        self._open_note(EntryId(entry))

    def fetch(self) -> None:
        """Ask for a team-mate's file, or for it no more."""
        line = self.state.line
        if line is None or line.is_here or line.row.is_made_here:
            self.session.say("This file is on this laptop already" if line is not None else "Select a file first")
            return
        wanted = not line.row.is_wanted
        self.session.workspace.perform(
            lambda uow: uow.want_file(line.value.id, is_wanted=wanted), initiator="fetch",
            done=lambda _: self._asked_for(wanted), failed=self._refused,
        )  # fmt: skip

    def correct(self) -> None:
        """F2: put right what was said of it."""
        if (line := self.state.line) is not None:
            done = self._done(f"{line.value.exhibit} saved")
            self._open(PanelKind.CORRECT, self._correction(line, done))

    def _correction(self, line: FileLine, done: Callable[[Any], None]) -> Form:
        return correct_form(self.session, line.value, self._facts.people, done, is_silent=line.is_silent)

    def withdraw(self) -> None:
        """Ctrl+Del: out of use with a reason, or back into it."""
        line = self.state.line
        if line is None:
            return
        if line.value.withdrawn:
            self._perform_withdrawal(line.value, "", f"{line.value.exhibit} is in use again")
        else:
            self._open(PanelKind.WITHDRAW, withdraw_form(self.session, line.value, self._withdrawn))

    def save_copy(self, path: Path) -> None:
        """A copy outside the vault, not encrypted."""
        line = self.state.line
        if line is None or not str(path):
            return
        value = line.value
        if line.row.row.barred is not None:
            self._tell_fault(sentence("attach.held"))
            return
        self._busy(Busy(words="Saving the copy…", total=value.size, is_bytes=True))

        def saved(_: object) -> None:
            self._busy(IDLE)
            self._tell(f"{value.exhibit} saved as {path.name}. This copy is not encrypted: delete it when you are done")

        save_copy(self.session, value, path, saved, self._refused)

    def close_panel(self) -> None:
        """Esc: what was typed is kept as a draft."""
        if self.state.panel is not None:
            self.state.panel.form.close()
            self._show(replace(self.state, panel=None, busy=IDLE))

    def _attach(self, pasted: Pasted | None, file: str) -> None:
        if not self._facts.activities:
            self._tell_fault(sentence("attach.no_activities"))
            return
        self.stop_looking()
        at_hand = self._at_hand()
        known = {key for key, _, _ in self._facts.activities}
        about = at_hand if at_hand in known else self._facts.activities[0][0] if len(known) == 1 else ""
        form = AttachForm(
            self.session, self.assessment.id, self._facts.activities, self._facts.people, about=about, told=self._busy,
            done=self._attached, pasted=pasted,
        )  # fmt: skip
        self._open(PanelKind.ATTACH, form)
        if file:
            form.put("file", file)

    def _open(self, kind: PanelKind, form: Form) -> None:
        self.close_panel()
        self._show(replace(self.state, panel=OpenPanel(kind=kind, form=form), notice="", fault=""))
        form.start()

    def _attached(self, made: Attachment) -> None:
        self._show(replace(self.state, chosen=made.id, words=""))
        without = ". The place where it was taken was removed" if made.dropped else ""
        self._finish(f"Attached as {made.exhibit}{without}")

    def _redacted(self, made: Attachment) -> None:
        self.stop_looking()
        self._show(replace(self.state, chosen=made.id, words=""))
        self._finish(f"Copy attached as {made.exhibit}. The original is kept")

    def _noted(self, made: Made) -> None:
        self._finish(made.words)

    def _withdrawn(self, value: Attachment) -> None:
        self._finish(f"{value.exhibit} taken out of use")
        self.session.undo.did(
            Deed(
                name="Taken out of use",
                undo=lambda: self._perform_withdrawal(value, "", f"{value.exhibit} is in use again"),
                redo=lambda: self._perform_withdrawal(value, value.withdrawn, f"{value.exhibit} taken out of use"),
            )
        )

    def _perform_withdrawal(self, value: Attachment, reason: str, words: str) -> None:
        self.session.workspace.perform(
            lambda uow: withdraw(uow, value.id, reason), initiator="undo", done=lambda _: self._finish(words),
            failed=self._refused,
        )  # fmt: skip

    def _asked_for(self, wanted: bool) -> None:
        if wanted:
            self.session.office.send_now()
        self._tell("Asked for. It comes when you are connected" if wanted else "Not asked for any more")
        self._load()

    def _done(self, words: str) -> Callable[[Any], None]:
        return lambda _: self._finish(words)

    def _finish(self, words: str) -> None:
        self._show(replace(self.state, panel=None, busy=IDLE))
        self._tell(words)
        self._load()

    def _tell(self, words: str) -> None:
        self._show(replace(self.state, notice=words, fault=""))
        self.session.say(words)

    def _tell_fault(self, words: str) -> None:
        self._show(replace(self.state, fault=words, notice=""))

    def _refused(self, problem: Exception) -> None:
        self._busy(IDLE)
        self._tell_fault(sentence(problem))

    def _busy(self, busy: Busy) -> None:
        self._show(replace(self.state, busy=busy))

    def _changed(self, changes: ChangeSet) -> None:
        entries = changes.ids("entry")
        if changes.touches(*_KINDS) or len(entries) > _FEW:
            self._load()
        elif entries:  # every note that is typed anywhere comes by here: no list of files is read for it
            files = {str(line.value.id) for line in self.state.lines}
            self.session.workspace.ask_then(
                lambda q: are_about(q, entries, files), lambda is_so: self._load() if is_so else None, self._refused
            )

    def _load(self) -> None:
        session, assessment = self.session, self.assessment.id
        session.workspace.ask_then(lambda q: _read(session, q, assessment), self._loaded, self._refused)

    def _loaded(self, facts: FilesFacts) -> None:
        self._facts = facts
        self._show(replace(self.state, lines=_lines(facts)))


def count_words(state: FilesState) -> str:
    """``3 of 25 files``, ``25 files``."""
    shown, whole = len(state.shown), len(state.lines)
    return ui.count(whole, "file") if shown == whole else f"{shown} of {ui.count(whole, 'file')}"


def _lines(facts: FilesFacts) -> tuple[FileLine, ...]:
    return tuple(
        FileLine(
            row=row,
            is_here=row.row.value.sha256 in facts.here,
            moments=facts.moments.get(row.row.record, ()),
            notes=facts.noted.by_file.get(row.row.record, ()),
            is_silent=row.row.record in facts.silent,
        )
        for row in reversed(facts.rows)
    )


def _read(session: Session, questions: Questions, record: str) -> FilesFacts:
    """``record`` is the assessment, or one of its files, which is then chosen."""
    chosen = _file(questions, record)
    assessment = questions.assessment(chosen.assessment if chosen else AssessmentId(record))
    visits = questions.visits(assessment.id)
    rows = questions.files(assessment.id)
    activities: Activities = [
        (row.activity.id, row.activity.title, one.id) for one in visits for row in questions.activities(one.id)
    ]
    return FilesFacts(
        assessment=assessment, activities=activities,
        people=sorted({person.code for one in visits for person in questions.people(one.id)}),
        rows=rows, here=_here(session.workspace.files, rows), moments=moments(questions, rows),
        noted=read_noted(questions, rows, frozenset(key for key, _, _ in activities)),
        chosen=chosen.id if chosen else None,
        silent=unattributable(questions, assessment.id, (row.row.value for row in rows)),
    )  # fmt: skip


def _file(questions: Questions, record: str) -> Attachment | None:
    try:
        found: Attachment = questions.record(Attachment.KIND, record).value
    except Mistake:
        return None
    return found


def _here(files: FileStore, rows: list[FileRow]) -> frozenset[str]:
    return frozenset(row.row.value.sha256 for row in rows if files.has(row.row.value.sha256))


def way() -> Way:
    """How the page is opened."""

    def make(bench: Bench, facts: FilesFacts) -> FilesPage:
        return FilesPage(bench.session, facts, lambda: bench.activity_at_hand, bench.play_sound, bench.open_note)

    return Way(read=_read, make=make)
