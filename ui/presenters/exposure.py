"""What would be lost with this laptop: which notes, oldest first, and what can be done about it, one key away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryRow, Exposure, SendStatus
from fieldkit.kernel.ids import EntryId
from ui.presenters.laptop_words import apart_words
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Connection, OfficeState, Session
from ui.presenters.timing import Countdown
from ui.presenters.wording import sentence, ui

LISTED = 200
"""Notes listed; the oldest are the ones that are longest at risk."""
_SOON = 0.2
_KINDS = ("entry", "addendum", "filing", "withdrawal", "receipt")
_TITLE = 200
"""Letters of a note that are shown; Enter opens it whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposedRow:
    """A note that is nowhere else, or not whole."""

    entry: EntryId
    when: str
    words: str
    why: str

    @property
    def sentence(self) -> str:
        """What a screen reader says."""
        return f"{self.when}. {self.words}. {self.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureState:
    """What the page shows. Each cure is offered where it can help."""

    loaded: bool = False
    headline: str = ""
    explanation: str = ""
    rows: tuple[ExposedRow, ...] = ()
    more: str = ""
    can_send: bool = False
    can_enrol: bool = False
    untagged: int = 0
    fault: str = ""


class ExposurePage(Presenter[ExposureState]):
    """Kept right while it is ``watch``ed; the verbs of the cures are commands of the app."""

    def __init__(self, session: Session) -> None:
        super().__init__(ExposureState())
        self._session = session
        self._is_watched = False
        self._reload = Countdown(session.later, self.load)
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))
        self._listening.add(session.office.changed.listen(self._office))

    def watch(self, *, is_watched: bool) -> None:
        """Somebody looks at the page, or no longer does."""
        self._is_watched = is_watched
        if is_watched:
            self.load()
        else:
            self._reload.drop()

    def load(self) -> None:
        """Read what is exposed."""
        self._session.workspace.ask_then(_ask, self._answered, self._refused)

    def close(self) -> None:
        """Hear nothing more."""
        self._reload.drop()
        self._listening.close()

    def _changed(self, changes: ChangeSet) -> None:
        if self._is_watched and changes.touches(*_KINDS) and not self._reload.is_pending:
            self._reload.start(_SOON)

    def _office(self, office: OfficeState) -> None:
        if self.state.loaded:
            alone = office.connection is Connection.STANDALONE
            waits = any(row.why == ui.STATUS[SendStatus.WAITING] for row in self.state.rows)
            self._show(replace(self.state, can_enrol=alone, can_send=not alone and waits))

    def _answered(self, answer: tuple[Exposure, list[EntryRow], tuple[str, ...]]) -> None:
        what, notes, apart = answer
        today = self._session.clock.now().astimezone().date()
        alone = self._session.office.state.connection is Connection.STANDALONE
        rows = tuple(_row(note, today, alone=alone) for note in notes)
        self._show(
            ExposureState(
                loaded=True,
                headline=ui.exposure(what, today),
                explanation=" ".join((_explanation(what, alone=alone), *(f"{words}." for words in apart))),
                rows=rows,
                more=_more(what, len(rows)),
                can_send=not alone and what.entries > what.staying,
                can_enrol=alone,
                untagged=what.staying - what.held,
            )
        )

    def _refused(self, problem: Exception) -> None:
        self._show(replace(self.state, loaded=True, fault=sentence(problem)))


def _more(what: Exposure, listed: int) -> str:
    return f"The {listed:,} oldest of {ui.count(what.entries, 'note')}" if what.entries > listed else ""


def _explanation(what: Exposure, *, alone: bool) -> str:
    if not what.entries:
        return "There is no note to lose." if alone else "Every note in use is confirmed by the central store."
    if alone:
        return "Nothing is sent from this laptop: it works on its own. A backup keeps a second copy of everything."
    leaving = what.entries - what.staying
    waits = f"{ui.count(leaving, 'note')} {'waits' if leaving == 1 else 'wait'} to send." if leaving else ""
    stays = f"{_staying(what)} {'stays' if what.staying == 1 else 'stay'} here."
    tag = "A tag lets a note leave. " if what.staying > what.held else ""
    tag += "A backup keeps a second copy of everything."
    return " ".join(part for part in (waits, stays if what.staying else "", tag if what.staying else "") if part)


def _staying(what: Exposure) -> str:
    """One withdrawn before it left is no loss, and not among them."""
    kinds = ((what.staying - what.held, "untagged note"), (what.held, "held note"))
    return " and ".join(ui.count(number, kind) for number, kind in kinds if number)


def _row(note: EntryRow, today: date, *, alone: bool) -> ExposedRow:
    entry = note.entry
    local = entry.noticed_at.astimezone().date()
    time = ui.noticed(entry)
    words = " ".join(entry.text.split()) or ("Marked moment" if entry.is_mark else "No words")
    return ExposedRow(
        entry=entry.id,
        when=time if local == today else f"{ui.day(local)} {time}",
        words=words if len(words) <= _TITLE else words[: _TITLE - 1] + "…",
        why=_why(note, alone=alone),
    )


def _why(note: EntryRow, *, alone: bool) -> str:
    if alone:
        return "Only on this laptop"
    match note.status:
        case _ if note.barred is not None and note.status is not SendStatus.WAITING:
            return f"{ui.BARRED[note.barred]}, held here"
        case SendStatus.STAYS:
            return "Untagged, stays here"
        case SendStatus.WAITING:
            return ui.STATUS[SendStatus.WAITING]
        case _:
            return "What was added later waits to send"


def _ask(questions: Questions) -> tuple[Exposure, list[EntryRow], tuple[str, ...]]:
    return questions.exposure(), questions.exposed(LISTED), apart_words(questions)
