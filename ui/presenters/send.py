"""Send (ux S12): what leaves, what stays, what is there by verified receipts, and what stood in the way."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime

from fieldkit.app.came_in import came_in, look
from fieldkit.app.changes import ChangeSet
from fieldkit.app.news import CameIn
from fieldkit.app.open_questions import Question, questions_here
from fieldkit.app.ports import Questions
from fieldkit.app.rows import Exposure, SendItem, SendPreview, SendStatus, Standing
from fieldkit.app.send_log import Round, rounds
from fieldkit.domain.kinds import FIELDWORK
from ui.presenters.laptop_words import apart_words
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.sending import words
from ui.presenters.sending.progress import NOTHING_GOES, Progress, ProgressState
from ui.presenters.sending.rounds import LogFilter, RoundRow, round_rows
from ui.presenters.sending.rows import KIND_WORDS, ItemRow, could_not, item_rows, of_status, question_rows
from ui.presenters.sending.tag_titles import titled
from ui.presenters.sending.words import Why
from ui.presenters.services import Connection, OfficeState, PackShelf, Session
from ui.presenters.timing import Countdown
from ui.presenters.wording import ui

MOST = 500
"""Rows of a list; the counts beside the lists are of everything."""
_ROUNDS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class SendState:
    """What the screen shows. ``aside`` are those with something of their own in the way."""

    loaded: bool = False
    headline: str = ""
    is_all_there: bool = False
    leaves: tuple[str, ...] = ()
    stays: str = ""
    connection: str = ""
    is_standalone: bool = False
    problem: str = ""
    is_stopped: bool = False
    held_files: str = ""
    sign_in_page: str = ""
    """The address that leads to the page on which the network wants a person to sign in; empty where none is wanted."""
    urgent: str = ""
    clocks: str = ""
    progress: ProgressState = NOTHING_GOES
    apart: str = ""
    """What waits at the office for a person because of this one's role."""
    exposure: str = ""
    from_team: str = ""
    """What the team has handed in that came here since the person looked last."""
    nothing_waits: str = ""
    asked: tuple[ItemRow, ...] = ()
    """What several people changed at once, to be decided."""
    aside: tuple[ItemRow, ...] = ()
    waiting: tuple[ItemRow, ...] = ()
    staying: tuple[ItemRow, ...] = ()
    confirmed: tuple[ItemRow, ...] = ()
    count_staying: int = 0
    log: tuple[RoundRow, ...] = ()
    log_filter: LogFilter = LogFilter.ALL
    why: Why | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    preview: SendPreview
    standing: Standing
    exposure: Exposure
    apart: tuple[str, ...]
    items: tuple[SendItem, ...]
    staying: tuple[SendItem, ...]
    rounds: tuple[Round, ...]
    asked: tuple[Question, ...]
    came: CameIn


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """What was made of an answer, and what of the office stands in it."""

    answer: _Answer
    about: tuple[Connection, datetime | None, date]
    items: tuple[ItemRow, ...]
    staying: tuple[ItemRow, ...]


class Send(Presenter[SendState]):
    """Watches the office and the receipts. Sending happens by itself; the verbs are to hurry it and to stop it.

    While the page is not up nothing is read, so that receipts of ten thousand notes cost a person who types nothing.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(SendState(is_standalone=session.office.state.connection is Connection.STANDALONE))
        self._session = session
        self._answer: _Answer | None = None
        self._rows: _Rows | None = None
        self._is_watched = False
        self._asked = False
        self._rounds = session.office.state.rounds
        self._filter = LogFilter.ALL
        self._why: Why | None = None
        self._reload = Countdown(session.later, self.load)
        self.progress = Progress(session.clock, session.later, self._compose, self._woke, self._announce)
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))
        self._listening.add(session.office.changed.listen(self._office_changed))

    def load(self) -> None:
        """Read what waits and what has arrived."""
        self._reload.drop()
        self._session.workspace.ask_then(lambda questions: _ask(questions, self._session.packs), self._answered)

    def watch(self, *, is_watched: bool) -> None:
        """The page came up, or went."""
        self._is_watched = is_watched
        if is_watched:
            self.load()
        else:
            self._reload.drop()
            self._why = None
            self._looked()

    def send_now(self) -> None:
        """Ctrl+Shift+S, Alt+R. It would happen by itself; this only hurries, and tells how it ended."""
        self._asked = True
        self._session.office.send_now()

    def stop_sending(self) -> None:
        """Finish the portion that is under way, and rest."""
        self._session.office.stop_sending()

    def send_files_anyway(self) -> None:
        """Let files go over this metered connection; nothing where none wait for that."""
        if self.state.held_files:
            self._session.office.send_files_anyway()
            self._session.say("Files are sent over this connection")

    def filter_log(self, wanted: LogFilter) -> None:
        """All, Faults or Skipped."""
        self._filter = wanted
        self._compose()

    def ask_why(self, row: ItemRow | None = None) -> None:
        """`Why?` of one item, or of the whole round."""
        office = self._session.office.state
        today = self._session.clock.now().astimezone().date()
        if row is not None and row.code:
            self._why = words.why(row.why, row.code, office, (f"Record: {row.record}",))
        elif found := words.problem(office, today):
            self._why = words.why(found, getattr(office.problem, "code", ""), office)
        self._compose()

    def close_why(self) -> None:
        """It was read."""
        self._why = None
        self._compose()

    def close(self) -> None:
        """Watch no more."""
        self._reload.drop()
        self.progress.close()
        self._listening.close()

    def _looked(self) -> None:
        """What was shown counts as seen once the page is left; what came after it does not."""
        seen = self._answer.came if self._answer is not None else None
        if seen is not None and seen.count:
            with suppress(RuntimeError):  # the vault is just being closed: it is new once more
                self._session.workspace.perform(lambda uow: look(uow, seen), initiator="looked")

    def _changed(self, changes: ChangeSet) -> None:
        if not self._is_watched or changes.is_empty:
            return
        if changes.origin != "sync":
            if self.state.is_all_there and changes.touches(*KIND_WORDS, *FIELDWORK):
                # What was just written is not there yet: the first line must not say so for a moment longer.
                self._show(replace(self.state, is_all_there=False, headline=f"{ui.ALL_SAVED}.", nothing_waits=""))
            self.load()
        elif not self._reload.is_pending:
            self._reload.start(0.2)  # receipts come in sheets of 500; one reading for several is enough

    def _office_changed(self, office: OfficeState) -> None:
        self.progress.follow(office)
        if office.rounds != self._rounds:
            self._rounds = office.rounds
            if self._asked or self._is_watched:
                self._tell_the_end(office)
        self._compose()

    def _tell_the_end(self, office: OfficeState) -> None:
        """Say how it ended: only what is in the vault counts, so it is read first."""
        asked, self._asked = self._asked, False
        if not asked and not office.offered:
            return  # a look for news that nobody asked for
        today = self._session.clock.now().astimezone().date()

        def read(standing: Standing) -> None:
            found = end_words(office, standing, words.problem(office, today))
            if found:
                self._session.say(found)

        self._session.workspace.ask_then(lambda q: q.standing(), read)

    def _announce(self, text: str) -> None:
        if self._asked or self._is_watched:  # a meeting is not to be talked over by what happens by itself
            self._session.say(text)

    def _woke(self) -> None:
        self._session.office.send_now()

    def _answered(self, answer: _Answer) -> None:
        self._answer = answer
        self._compose()

    def _rows_of(self, answer: _Answer, office: OfficeState, today: date) -> _Rows:
        """Kept: the office tells of every portion that is sent, and a thousand rows took 15 ms of each."""
        about = (office.connection, office.next_try_at, today)
        if self._rows is None or self._rows.answer is not answer or self._rows.about != about:
            items, staying = (item_rows(some, office, today) for some in (answer.items, answer.staying))
            self._rows = _Rows(answer=answer, about=about, items=items, staying=staying)
        return self._rows

    def _compose(self) -> None:
        if self._answer is None:
            return
        answer, office = self._answer, self._session.office.state
        today = self._session.clock.now().astimezone().date()
        alone = office.connection is Connection.STANDALONE
        made = self._rows_of(answer, office, today)
        rows = made.items
        state = SendState(
            loaded=True,
            headline=words.headline(answer.preview, answer.standing, alone=alone),
            is_all_there=not alone and answer.standing.everything_is_there,
            leaves=() if alone else words.leaving(answer.preview),
            stays=words.staying(answer.preview, alone=alone),
            connection=words.connection(office, today),
            is_standalone=alone,
            problem=words.problem(office, today),
            is_stopped=getattr(office.problem, "code", "") == "send.stopped",
            held_files=words.held_files(office, answer.preview),
            sign_in_page=office.plain_page if words.wants_sign_in(office) else "",
            urgent=words.URGENT_WAITS if office.urgent_waits else "",
            clocks="" if self._session.is_practice else words.clocks(office),  # its store is on this laptop
            progress=self.progress.state,
            apart=". ".join(answer.apart),
            exposure=ui.exposure(answer.exposure, today),
            from_team=words.from_team(answer.came, today),
            nothing_waits=words.nothing_waits(answer.preview, answer.standing, alone=alone),
            asked=question_rows(answer.asked, today),
            aside=could_not(rows),
            waiting=of_status(rows, SendStatus.WAITING),
            staying=made.staying,
            confirmed=of_status(rows, SendStatus.CONFIRMED),
            count_staying=answer.preview.entries_staying,
            log_filter=self._filter,
            why=self._why,
        )
        self._show(replace(state, log=round_rows(answer.rounds, self._filter, today)))


def end_words(office: OfficeState, standing: Standing, problem: str) -> str:
    """What is said at the end of a round: of "all" only when nothing is left without a verified receipt."""
    if problem:
        return problem
    if standing.unreceipted or standing.contents_missing or standing.files_missing:
        return ""  # something new was written meanwhile, or another round follows; it tells its own end
    if office.offered:
        items = ui.count(office.offered, "item")
        return f"{'All ' if office.offered > 1 else ''}{items} confirmed by central store"
    return ui.ALL_THERE if standing.everything_is_there else ""


def _ask(questions: Questions, packs: PackShelf) -> _Answer:
    return _Answer(
        preview=questions.send_preview(),
        standing=questions.standing(),
        exposure=questions.exposure(),
        apart=apart_words(questions),
        items=titled(questions.send_items(MOST), questions, packs),
        staying=tuple(questions.staying_items(MOST)),
        rounds=tuple(rounds(questions, _ROUNDS)),
        asked=tuple(questions_here(questions)),
        came=came_in(questions),
    )
