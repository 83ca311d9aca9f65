"""The exchange with the office, as screens know it: wraps the sync worker of one open vault."""

from __future__ import annotations

from contextlib import suppress
from threading import Event
from typing import TYPE_CHECKING

from fieldkit import __version__
from fieldkit.app.lanes import run
from fieldkit.app.network_choices import ON, PREFIX, NetworkChoices, read_choices
from fieldkit.app.send_log import keep_round, round_of
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.topic import Topic
from ui.launch.network import Seen
from ui.presenters.passphrases import word_list
from ui.presenters.presenter import Listening
from ui.presenters.services import Connection, Enrolled, Failed, OfficeState

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldkit.app.changes import ChangeSet
    from fieldkit.app.ports import Identity
    from fieldkit.app.workspace import Workspace
    from sync.enrol import Enrolled as Granted
    from sync.http import CentralStore
    from sync.status import SyncStatus
    from sync.worker import SyncWorker
    from ui.launch.network import Watched
    from ui.launch.signing_in import Known

_URGENT = ("escalation", "escalation_contact", "escalation_seen", "quality_risk", "quality_review")
"""Kinds whose every revision has priority 0."""

_LOCAL_ONLY = frozenset({"draft", "setting", "receipt"})
"""Changes of these kinds alone give nothing to send."""


class SyncOffice:
    """Implements ``ui.presenters.services.Office``. The HTTP client is imported off the GUI thread."""

    def __init__(
        self, workspace: Workspace, clock: Clock, *, is_enrolled: bool, office: str,
        network: Watched | None = None,
    ) -> None:  # fmt: skip
        self._workspace = workspace
        self._clock = clock
        self._worker: SyncWorker | None = None
        self._stopped = False
        self._begun = False
        self._hurry = False
        self._network = network
        self._choices = NetworkChoices()
        self._granted: Granted | None = None
        self._waiting = Event()
        self._listening = Listening()
        self._listening.add(workspace.changed.listen(self._changed))
        known = Connection.UNKNOWN if is_enrolled else Connection.STANDALONE
        self._state = OfficeState(connection=known, office=office)
        self.changed: Topic[OfficeState] = Topic()

    @property
    def state(self) -> OfficeState:
        """The latest state."""
        return self._state

    def start(self) -> None:
        """Begin to send by itself, once there is an office: what sending is made of takes 20 MB."""
        if self._state.connection is Connection.STANDALONE or self._begun:
            return
        self._begun = True
        lanes = self._workspace.lanes
        run(lanes.work, lanes.deliver, self._make, self._made, self._not_made)

    def nudge(self, *, urgent: bool = False) -> None:
        """Something new may have to be sent; what is urgent waits for nothing."""
        if self._worker is not None:
            self._worker.nudge(urgent=urgent)

    def send_now(self) -> None:
        """Start a round at once."""
        if self._worker is None:
            self._hurry = True
        else:
            self._worker.send_now()

    def stop_sending(self) -> None:
        """Finish the portion that is under way."""
        if self._worker is not None:
            self._worker.halt()

    def send_files_anyway(self) -> None:
        """Let files go over this metered connection."""
        if self._worker is not None:
            self._worker.send_files_anyway()

    def enrol(self, url: str, code: str, done: Callable[[Enrolled], None], failed: Failed) -> None:
        """Ask with a one-time code; the HTTP of it runs on the work lane."""

        def with_identity(identity: Identity) -> None:
            lanes = self._workspace.lanes
            answered = lambda outcome: self._grant(outcome, identity.name, done)  # noqa: E731
            run(lanes.work, lanes.deliver, lambda: self._ask(url, code, identity), answered, failed)

        self._workspace.perform(lambda uow: uow.identity, done=with_identity, failed=failed)

    def sign_in(
        self, url: str, code: str, opened: Callable[[str], None], done: Callable[[Enrolled], None], failed: Failed, *,
        again: bool = False,
    ) -> None:  # fmt: skip
        """Through the organisation's page; waits for a person on the work lane, or until ``cancel_sign_in``."""
        from ui.launch.signing_in import joining, known_here

        self.cancel_sign_in()
        self._waiting = waiting = Event()

        def with_known(known: Known) -> None:
            lanes = self._workspace.lanes
            answered = lambda outcome: self._grant(outcome, known.identity.name, done)  # noqa: E731
            job = joining(
                known, url, code, waiting, lambda page: lanes.deliver(lambda: opened(page)), self._clock, again,
                self.connect,
            )  # fmt: skip
            run(lanes.work, lanes.deliver, job, answered, failed)

        self._workspace.perform(known_here, done=with_known, failed=failed)

    def cancel_sign_in(self) -> None:
        """End the waiting."""
        self._waiting.set()

    def keep_enrolment(self, done: Callable[[], None], failed: Failed) -> None:
        """Join the office that was asked last."""
        granted = self._granted
        if granted is None:
            done()
            return

        def kept(_: None) -> None:
            self._granted = None
            self._set(OfficeState(connection=Connection.UNKNOWN, office=granted.enrolment.office))
            self.send_now()
            self.start()
            done()

        lanes = self._workspace.lanes
        run(lanes.work, lanes.deliver, lambda: self._keep(granted), kept, failed)

    def _grant(self, outcome: Granted, name: str, done: Callable[[Enrolled], None]) -> None:
        self._granted = outcome
        done(
            Enrolled(  # what the office itself calls the person is an id, which says nothing to anybody
                office=outcome.enrolment.office, user=name,
                store_words=in_words(outcome.store_numbers), laptop_words=in_words(outcome.laptop_numbers),
            )
        )  # fmt: skip

    def stop(self) -> None:
        """End the worker; called off the GUI thread, since it may wait for a second."""
        self._stopped = True
        if self._worker is not None:
            self._worker.stop()

    def close(self) -> None:
        """Hear nothing more; called on the GUI thread before ``stop``."""
        self._stopped = True
        self.cancel_sign_in()
        self._listening.close()

    def _ask(self, url: str, code: str, identity: Identity) -> Granted:
        from sync.enrol import ask

        return ask(url, code, identity, clock=self._clock, app=__version__, connect=self.connect)

    def _keep(self, granted: Granted) -> None:
        from sync.enrol import keep

        keep(granted, self._workspace.sync_call)

    def _make(self) -> SyncWorker:
        from sync.worker import SyncWorker

        self._choices = self._read_choices()
        lanes = self._workspace.lanes
        return SyncWorker(
            self._workspace.sync_call, lanes.deliver, self._clock, app=__version__, way=lanes.way,
            connect=self._connect,
        )  # fmt: skip

    def connect(self, url: str) -> CentralStore:
        """A line of one's own to the store, by the way out that is chosen now. Never on the store lane."""
        self._choices = self._read_choices()
        return self._connect(url)

    def _connect(self, url: str) -> CentralStore:
        from sync.http import CentralStore
        from sync.way import Way

        return CentralStore(url, way=lambda: Way.of(self._choices))

    def _read_choices(self) -> NetworkChoices:
        """Called on the work lane."""
        return self._workspace.ask(read_choices).result()

    def _chose(self, choices: NetworkChoices) -> None:
        is_other_way = choices != self._choices
        self._choices = choices
        if self._worker is not None:
            self._tell_network()
            if is_other_way:
                self._worker.send_now()

    def _tell_network(self) -> None:
        """What the system sees and what the person says of the connection, together."""
        if self._worker is None:
            return
        from sync.network import FilesOver, Network

        seen = self._network.seen if self._network is not None else Seen()
        self._worker.files_over_metered(FilesOver(self._choices.files))
        self._worker.network_changed(
            Network(
                is_metered=seen.is_metered or self._choices.metered == ON, wants_sign_in=seen.wants_sign_in,
                is_there=seen.is_there, name=seen.name,
            )
        )  # fmt: skip

    def _not_made(self, problem: Exception) -> None:
        """Locked in the very moment after unlocking: the vault that it asks is closed, and nobody waits for it."""
        if not self._stopped:
            raise problem

    def _made(self, worker: SyncWorker) -> None:
        if self._stopped:
            return
        self._worker = worker
        if self._network is not None:
            self._listening.add(self._network.changed.listen(lambda _: self._tell_network()))
            self._network.start()
        self._tell_network()
        self._listening.add(worker.changed.listen(self._told))
        worker.start()
        if self._hurry:
            worker.send_now()

    def _told(self, status: SyncStatus) -> None:
        if status.rounds > self._state.rounds:
            self._keep_round(status)
        self._set(
            OfficeState(
                connection=_CONNECTIONS[status.phase.value],
                office=status.office or self._state.office,
                sent=status.sent,
                total=status.total,
                file=status.file,
                file_done=status.file_done,
                file_size=status.file_size,
                file_number=status.file_number,
                files_total=status.files_total,
                bytes_done=status.bytes_done,
                bytes_total=status.bytes_total,
                is_coming=status.is_coming,
                reading=status.reading,
                seconds_left=status.seconds_left,
                files_held=status.files_held,
                plain_page=status.plain_page,
                urgent_waits=status.urgent_waits,
                last_round_at=status.last_confirmed_at or self._state.last_round_at,
                next_try_at=status.retry_at,
                problem=status.problem,
                rounds=status.rounds,
                confirmed=status.confirmed,
                offered=status.offered,
                received=status.received,
                clock_behind=status.clock_behind,
                signs_in=status.signs_in or self._state.signs_in,
            )
        )

    def _keep_round(self, status: SyncStatus) -> None:
        """The log survives a restart; a vault that is just being closed keeps this round unwritten."""
        done = round_of(
            self._clock.now(), status.problem, confirmed=status.confirmed, total=status.offered,
            received=status.received, retry_at=status.retry_at,
            clock_behind=status.clock_behind,
        )  # fmt: skip
        with suppress(RuntimeError):
            self._workspace.perform(lambda uow: keep_round(uow, done), initiator="send_log", failed=lambda _: None)

    def _set(self, state: OfficeState) -> None:
        if state != self._state:
            self._state = state
            self.changed.tell(state)

    def _changed(self, changes: ChangeSet) -> None:
        if changes.origin != "sync" and any(kind not in _LOCAL_ONLY for kind in changes.records):
            self.nudge(urgent=changes.touches(*_URGENT))
        if any(name.startswith(PREFIX) for name in changes.ids("setting")):
            self._workspace.ask_then(read_choices, self._chose)


_CONNECTIONS = {
    "not_enrolled": Connection.STANDALONE,
    "unknown": Connection.UNKNOWN,
    "not_connected": Connection.NOT_CONNECTED,
    "connected": Connection.CONNECTED,
    "sending": Connection.SENDING,
    "trouble": Connection.TROUBLE,
}


def in_words(numbers: tuple[int, ...]) -> tuple[str, ...]:
    """A key's fingerprint as words of the shipped list."""
    words = word_list()
    return tuple(words[number] for number in numbers)
