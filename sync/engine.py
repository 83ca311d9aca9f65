"""One round with the central store: hello, hand in, read in. At most three turns, whatever there is to carry.

A round keeps nothing in memory that matters: every receipt, page and cursor is in the vault as soon as it is
believed, so a round may be cut at any point and the next one goes on from there. No hard delete exists in this
protocol; a flood of withdrawals waits for a person (``fieldkit.app.floods``), and nothing else waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from fieldkit.app.giving_way import GivingWay
from fieldkit.app.ports import Outgoing, SyncState, SyncStore
from fieldkit.domain.receipt import Outcome, Signed
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from fieldkit.kernel.ids import DeviceId, RevisionId, new_id
from fieldkit.kernel.signing import SigningKey
from sync.bundle.handing_on import SMALL, HandingOn
from sync.erasing import comply
from sync.files import Files
from sync.flow import Flow
from sync.gate import Gate, Level
from sync.greeting import say_hello
from sync.handing_in import HandedIn, HandIn, Stream, Wanted
from sync.http import CentralStore
from sync.laptop import hear_of_laptop, purge_due, read_back
from sync.link import Call, Link, Speaker, is_urgent
from sync.portion import Portion
from sync.reading_in import ReadIn, ReadingIn
from sync.reconcile import Heard, Offer, Plan, lost_receipt, plan_round
from sync.teams import hear_of_teams, is_adviser, leave_teams
from sync.translate import cursors_of, read_message, witness
from sync.wire.messages import MissingReply, MissingRequest, PullRequest, SucceedRequest
from sync.wire.requests import succeed_message, to_base64
from sync.wire.routes import MISSING, SUCCEED

_LISTED = 500
"""Revisions listed in one local transaction when everything held is offered again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundReport:
    """What a round did. ``problem`` is what a person should know although the round went through."""

    receipts: int = 0
    received: int = 0
    turns: int = 0
    signs_in: bool = False
    """The office lets people sign in by their organisation's page."""
    files_sent: int = 0
    files_received: int = 0
    handed_on: int = 0
    """Files of others that were carried, and are with the store now."""
    again: bool = False
    """A further round has something to do at once."""
    problem: FieldKitError | None = None


@dataclass(slots=True, kw_only=True)
class Memory:
    """What one run of the program remembers between rounds; losing it costs a few bytes, never a note.

    ``asked`` are the revisions whose lost receipts were asked for once: if no sheet came they are sent again.
    ``repaired`` is the last disagreement that offering everything could not settle. ``refused`` are the revisions that
    the store has not taken once already, ``offered`` tells that the round before offered everything held.
    """

    portion: Portion
    asked: set[str]
    repaired: tuple[object, ...] = ()
    refused: set[str] = field(default_factory=set)
    offered: bool = False
    files: dict[tuple[str, str], float] = field(default_factory=dict)
    """Files (assessment and SHA-256) that would not go or come, and before when they are not tried again."""
    flow: Flow = field(default_factory=Flow)

    given: set[tuple[int, int]] = field(default_factory=set)
    """At which standing of the office's list of erasures everything known was given back to it."""

    @classmethod
    def fresh(cls) -> Memory:
        return cls(portion=Portion(), asked=set())


class Engine:
    """Does rounds for one vault. Used from one thread; only ``abandon`` may be called from another."""

    def __init__(
        self,
        call: Call,
        app: str,
        connect: Callable[[str], CentralStore],
        way: GivingWay | None = None,
        gate: Gate | None = None,
    ) -> None:
        self._way = way or GivingWay()
        self._gate = gate or Gate()
        self._call = call
        self._app = app
        self._connect = connect
        self._far: CentralStore | None = None
        self._abandoned = False
        self._memory = Memory.fresh()

    def round(
        self,
        progress: Callable[[int, int], None] = lambda done, total: None,
        stopping: Callable[[], bool] = lambda: False,
        greeted: Callable[[str], None] = lambda now: None,
        filing: Callable[[str, int, int], None] = lambda exhibit, done, total: None,
        reading: Callable[[int], None] = lambda done: None,
        *,
        with_files: bool = True,
    ) -> RoundReport:
        """One round; ``greeted`` gets the store's own time as soon as it has proved itself.

        Without ``with_files`` words alone: somebody else carries the files beside them (``sync.carrier``).

        Raises ``Trouble`` (try again later) or ``Refusal`` (the office said no; ``send.not_enrolled`` for a vault that
        works on its own); neither loses anything.
        """
        state = self._call(lambda store: store.state())
        far = self._connected(state.enrolment.url)
        link = Link(
            far=far, call=self._call, progress=progress, stopping=stopping, filing=filing, way=self._way,
            flow=self._memory.flow, reading=reading,
        )  # fmt: skip
        before = far.turns
        report = _Round(link, state, self._memory, self._app).run(greeted)
        if with_files and not report.again:  # words before files, always
            report = self._carry_files(link, report)
        if not report.again:
            report = self._hand_on(link, report, largest=None if with_files else SMALL)
        return replace(report, turns=far.turns - before)

    def _carry_files(self, link: Link, report: RoundReport) -> RoundReport:
        state = self._call(lambda store: store.state())
        speaker = Speaker(identity=state.identity, store_key=state.enrolment.store_key)
        carried = Files(link, speaker, self._memory.files, state.unreceipted).run()
        return replace(
            report, again=carried.again, files_sent=carried.sent, files_received=carried.received,
            problem=report.problem or carried.problem,
        )  # fmt: skip

    def _hand_on(self, link: Link, report: RoundReport, *, largest: int | None) -> RoundReport:
        """What is carried for others; its trouble says nothing of this laptop's own work."""
        state = self._call(lambda store: store.state())
        job = HandingOn(
            call=self._call, far=link.far, identity=state.identity, stopping=link.stopping, largest=largest
        )  # fmt: skip
        try:
            done = job.run()
        except FieldKitError as error:
            return replace(report, problem=report.problem or error)
        return replace(report, handed_on=done.files, problem=report.problem or done.problem)

    def start_afresh(self) -> None:
        """Try everything again that was left aside: a person asked for it."""
        self._memory = Memory.fresh()

    def abandon(self) -> None:
        """Break off a round in progress, from any thread."""
        self._abandoned = True
        if self._far is not None:
            self._far.abandon()

    def break_off(self) -> None:
        """End the request in progress, from any thread; the next round begins with a new line."""
        if self._far is not None:
            self._far.break_off()

    def _connected(self, url: str) -> CentralStore:
        if self._far is not None and self._far.url != url:
            self.close()
        if self._far is None:
            self._far = self._connect(url)
            self._far.let_pass = lambda: self._gate.let_pass(Level.WORDS)
            if self._abandoned:
                self._far.abandon()
        return self._far

    def close(self) -> None:
        """Give the connection back."""
        if self._far is not None:
            self._far.close()
            self._far = None


class _Round:
    def __init__(self, link: Link, state: SyncState, memory: Memory, app: str) -> None:
        self._link = link
        self._state = state
        self._memory = memory
        self._app = app
        self._speaker = Speaker(identity=state.identity, store_key=state.enrolment.store_key)
        self._lost: dict[str, int] = {}
        self._held_back = False
        self._wrote = False
        self._to_confirm = 0
        self._reads_again = False
        self._refused: Refusal | None = None
        self._out = HandedIn()
        self._in = ReadIn()

    def run(self, greeted: Callable[[str], None]) -> RoundReport:
        self._link.go_on()
        heard, certificate = say_hello(self._link.far, self._state, self._app)
        greeted(heard.now)
        key = (heard.epoch, heard.certificate.high, heard.certificate.hash, self._state.head.hash)
        plan = plan_round(
            self._state, heard, repaired=key == self._memory.repaired, offered=self._memory.offered
        )  # fmt: skip
        self._memory.offered = plan.offer is Offer.HELD
        self._note(plan, heard, certificate)
        if plan.succeed:
            self._succeed()
        try:
            self._exchange(plan, heard)
        except Refusal as refusal:
            if refusal.code != "central.epoch":  # restored between hello and this: the next hello meets the new epoch
                raise
            return self._report(heard, again=True)
        if plan.offer is Offer.HELD:
            self._memory.repaired = key
        if heard.may_read and not plan.succeed:
            self._refused = leave_teams(self._link, self._speaker)
        more = bool(self._in.more or self._lost or self._held_back or self._reads_again or self._wrote)
        return self._report(heard, again=plan.again or more)

    def _note(self, plan: Plan, heard: Heard, certificate: Signed) -> None:
        if plan.meet_epoch:
            self._memory.asked.clear()
            self._link.call(lambda store: store.meet_epoch(heard.epoch))
        self._link.call(lambda store: store.confirm_witnesses(heard.epoch, heard.witness))
        self._link.call(lambda store: store.keep_certificate(certificate))
        adviser = heard.is_adviser or is_adviser(heard.parts)
        self._link.call(lambda store: store.keep_policy(heard.policy, is_adviser=adviser))
        if not heard.is_revoked:  # who may not read hears of no team
            self._reads_again = hear_of_teams(self._link, heard.parts)

    def _exchange(self, plan: Plan, heard: Heard) -> None:
        if plan.offer is Offer.UNRECEIPTED:
            self._hand_in(plan, heard)
        elif plan.offer is Offer.HELD:
            self._offer_held(heard)
        if plan.first_contact:
            self._offered_all()
        if plan.pull or self._lost:
            self._read_in(heard)
        if heard.laptop is not None and not plan.succeed:  # under a new id the next hello says it anew
            hear_of_laptop(self._link, self._speaker, heard.laptop)
            purge_due(self._link, self._speaker, heard.epoch, may_ask=heard.may_read)
            if heard.may_read:
                read_back(self._link, self._speaker, heard.epoch)
        if heard.erasures is not None:
            self._to_confirm = comply(self._link, self._speaker, heard.erasures, self._memory.given)

    def _hand_in(self, plan: Plan, heard: Heard) -> None:
        """Push what has no receipt; what the store must have already is only asked for its receipt."""
        may_ask = not plan.succeed and heard.may_read

        def wanted(item: Outgoing) -> bool:
            envelope = item.revision.envelope
            known = envelope.id in self._memory.asked
            if known or not may_ask or not lost_receipt(item, self._state.identity.device, heard.certificate):
                return True
            self._lost[envelope.id] = envelope.seq
            return False

        self._push(
            (self._link.urgent, wanted), (self._link.outgoing, lambda item: not is_urgent(item) and wanted(item))
        )  # fmt: skip

    def _push(self, *streams: Stream) -> None:
        job = HandIn(self._link, self._speaker, self._memory.portion, self._state.unreceipted)
        try:
            self._out = job.run(*streams)
        finally:
            self._memory.portion = job.portion
        if self._out.certificate is not None:
            certificate = self._out.certificate
            self._link.call(lambda store: store.keep_certificate(certificate))

    def _offer_held(self, heard: Heard) -> None:
        """After a restore, or when the certificate disagrees: ask what the store lacks, and give it that."""
        ids, contents = self._listed()
        request = MissingRequest(ids=ids, contents=contents)
        reply = read_message(MissingReply, self._link.far.ask(MISSING, request, self._speaker.identity))
        if any(not 0 <= position < len(ids) for position in reply.positions):
            raise Trouble("wire.damaged")
        seen = witness(reply.witness)
        if seen.epoch != heard.epoch:
            raise Refusal("central.epoch")
        self._link.call(lambda store: store.keep_witness(seen))
        lacking = {ids[position] for position in reply.positions}
        if lacking:
            is_lacking: Wanted = lambda item: item.revision.envelope.id in lacking  # noqa: E731
            self._push(
                (self._link.held, lambda item: is_urgent(item) and is_lacking(item)),
                (self._link.held, lambda item: not is_urgent(item) and is_lacking(item)),
            )  # fmt: skip
        self._offered_all()

    def _offered_all(self) -> None:
        """Everything was put forward. What the store has not taken twice holds up nothing any more: it waits alone."""
        left = {*self._out.corrupt, *self._memory.portion.aside}
        fresh = left - self._memory.refused
        self._memory.refused |= left
        if fresh:  # it may have been damaged on the way
            self._held_back = True
            return
        for revision in self._out.corrupt:
            self._link.call(partial(_set_aside, RevisionId(revision)))
        self._link.call(lambda store: store.offered_all())

    def _listed(self) -> tuple[list[str], list[bool]]:
        ids: list[str] = []
        contents: list[bool] = []
        page = self._link.held(0, _LISTED)
        while page:
            self._link.go_on()
            ids += [item.revision.envelope.id for item in page]
            contents += [item.revision.content is not None for item in page]
            page = self._link.held(page[-1].n, _LISTED)
        return ids, contents

    def _read_in(self, heard: Heard) -> None:
        cursors = cursors_of(self._state) if self._state.epoch == heard.epoch else {}
        self._memory.asked |= self._lost.keys()
        again = self._link.call(lambda store: store.team.read_again()) & heard.news
        request = PullRequest(
            epoch=heard.epoch, cursors={name: cursors.get(name, 0) for name in sorted(heard.news)},
            own_after=0 if again else self._state.head.seq,
            receipts_after=min(self._lost.values()) if self._lost else None,
        )  # fmt: skip
        self._in = ReadingIn(self._link, self._speaker).run(request)
        if self._in.revisions:  # what was combined with it is the team's as soon as the rest
            self._wrote = self._link.call(lambda store: store.state()).head.seq > self._state.head.seq
        if done := again - self._in.more:
            self._link.call(lambda store: store.team.was_read_again(done))

    def _succeed(self) -> None:
        """Go on under a new device id: this one's chain was continued elsewhere (a clone, a restored image)."""
        old, key, device = self._speaker.identity, SigningKey.generate(), DeviceId(new_id())
        body = {"device": device, "device_key": key.public.hex()}
        proof = to_base64(key.sign(succeed_message(old.device, body)))
        self._link.far.ask(SUCCEED, SucceedRequest(**body, proof=proof), old)
        self._link.call(lambda store: store.start_incarnation(device, key))
        self._speaker = replace(self._speaker, identity=replace(old, device=device, key=key))

    def _report(self, heard: Heard, *, again: bool) -> RoundReport:
        return RoundReport(
            receipts=self._out.receipts + self._in.receipts, received=self._in.revisions, again=again,
            problem=self._problem(heard), signs_in=heard.signs_in,
        )  # fmt: skip

    def _problem(self, heard: Heard) -> FieldKitError | None:
        if heard.is_revoked:
            return Refusal("send.device_revoked")
        if heard.is_expired:
            return Refusal("send.device_expired")
        if heard.sign_in_due:
            return Refusal("send.sign_in_again")
        if self._refused is not None:
            return self._refused
        if self._to_confirm:
            return Trouble("send.erasures_wait", count=self._to_confirm)
        if aside := {*self._memory.portion.aside, *self._out.aside}:
            return Trouble("send.set_aside", count=len(aside))
        if self._out.corrupt:
            return Trouble("send.damaged_on_the_way", count=len(self._out.corrupt))
        if self._in.paused:
            return Refusal("flood.pull")
        if self._in.unreadable:
            return Trouble("send.unreadable", count=self._in.unreadable)
        if self._in.set_aside:
            return Trouble("send.not_proved", count=self._in.set_aside)
        return None


def _set_aside(revision: RevisionId, store: SyncStore) -> None:
    store.set_aside(revision, Outcome.CORRUPT, "central.malformed")
