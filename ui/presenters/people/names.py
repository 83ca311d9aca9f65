"""The key to names on the page of people: set up, open, closed by hand, by hiding, by quiet minutes, by locking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from fieldkit.app.boxes import NAMES
from fieldkit.app.person_names import NameKey, pack, unpack
from fieldkit.domain.people import Person
from fieldkit.kernel.errors import FieldKitError
from ui.presenters.box_keeper import BoxKeeper, BoxState, Change
from ui.presenters.disclosures.state import Stage
from ui.presenters.field_error import FieldError
from ui.presenters.forms import Action, Form, FormField, Values
from ui.presenters.passphrases import Strength, common_list, strength, suggest, word_list
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session
from ui.presenters.timing import Countdown
from ui.presenters.wording import sentence, ui

_IN_SECONDS = 120
"""A longer wait is told in minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesState:
    """``key`` holds names only while it is open."""

    stage: Stage = Stage.SHUT
    is_trying: bool = False
    busy: str = ""
    errors: tuple[FieldError, ...] = ()
    wait_seconds: int = 0
    fault: str = ""
    key: NameKey = field(default_factory=NameKey)


class NamesBox(Presenter[NamesState]):
    """``opened`` is called when it has opened, ``closing`` while drafts can still be hidden."""

    def __init__(
        self, session: Session, *, is_made: bool, opened: Callable[[], None], closing: Callable[[], None]
    ) -> None:
        super().__init__(NamesState(stage=Stage.SHUT if is_made else Stage.NEW))
        self.session = session
        self._opened = opened
        self._keeper = BoxKeeper(session, NAMES, is_made=is_made, closing=closing)
        self._leave = self._keeper.changed.listen(self._box_changed)
        self._tick = Countdown(session.later, lambda: self._wait(self.state.wait_seconds - 1))

    @property
    def is_open(self) -> bool:
        """Whether names are known now."""
        return self.state.stage is Stage.OPEN

    def judge(self, passphrase: str) -> Strength:
        """How strong a new passphrase is, in words."""
        return strength(passphrase, common_list())

    def suggestion(self) -> str:
        """Four random words."""
        return suggest(word_list())

    def set_up(self, passphrase: str, again: str) -> None:
        """Make the key, with a key pair that others seal theirs to."""
        found = self.judge(passphrase)
        differs = "" if found.code or passphrase == again else "setup.passphrase_differs"
        wrong = {"passphrase": found.code, "again": differs}
        errors = tuple(FieldError(field=name, text=sentence(code)) for name, code in wrong.items() if code)
        self._show(replace(self.state, errors=errors, fault=""))
        if not errors:
            self._keeper.make(passphrase, NameKey.new().to_content(), self._entered, self._not_in)

    def unlock(self, passphrase: str) -> None:
        """Try a passphrase; ignored while one is tried or a wait is on."""
        if self.state.is_trying or self.state.wait_seconds:
            return
        if not passphrase:
            self._wrong(sentence("unlock.no_passphrase"))
            return
        self._show(replace(self.state, errors=(), fault=""))
        self._keeper.open(passphrase, self._entered, self._not_in)

    def shut(self) -> None:
        """Close the key: no name is on the screen any more."""
        self._keeper.close()

    def active(self) -> None:
        """A key or the pointer on the page puts closing off."""
        self._keeper.active()

    def end(self) -> None:
        """The vault is being locked."""
        self._keeper.end()
        self._tick.drop()
        self._leave()

    def name_form(self, person: Person, done: Callable[[str], None]) -> Form:
        """Who is behind a code. Its draft is hidden with the key."""
        known = next((one for one in self.state.key.names if one.person == person.id), None)
        fields = (
            FormField(name="name", label="Name", hint="Left empty, the name is forgotten"),
            FormField(name="contact", label="How to reach them (optional)"),
        )

        def submit(values: Values) -> Action:
            key = self.state.key
            is_named = bool(values["name"].strip())
            after = key.with_name(person, values["name"], values["contact"]) if is_named else key.without(person.id)
            change = self._keeper.change(after.to_content())

            def keep(uow: Any) -> Change:
                change.put(uow)
                return change

            return keep

        def kept(change: Change) -> None:
            self._keeper.holds(change)
            done(f"Kept in the key: {person.code.upper()}")

        first = {"name": known.name, "contact": known.contact} if known is not None else {}
        return Form(
            self.session, fields, place=f"name/{person.id}", submit=submit, done=kept, first=first, initiator="box",
            veil=self._keeper,
        )  # fmt: skip

    def sealed_for(self, public: bytes) -> bytes:
        """Every name, for the holder of ``public`` alone."""
        self.active()
        return pack(self.state.key.names, public)

    def take_in(self, data: bytes, done: Callable[[str], None], failed: Callable[[Exception], None]) -> None:
        """Names that somebody handed over; what is here already stays."""
        try:
            before = self.state.key
            after = before.received(unpack(data, before))
            change = self._keeper.change(after.to_content())
        except FieldKitError as problem:
            failed(problem)
            return
        count = len(after.names) - len(before.names)

        def kept(_: None) -> None:
            self._keeper.holds(change)
            done(f"{ui.count(count, 'name')} taken in. What was here already stays")

        self.session.workspace.perform(change.put, initiator="box", done=kept, failed=failed)

    def _box_changed(self, box: BoxState) -> None:
        if not box.is_open:
            stage = Stage.SHUT if box.is_made else Stage.NEW
            if self.is_open:
                self._show(NamesState(stage=stage))
                self.session.say("Names closed")
            else:
                busy = "Opening…" if box.is_trying else ""
                self._show(replace(self.state, stage=stage, is_trying=box.is_trying, busy=busy))
            return
        try:
            key = NameKey.from_content(box.content or {})
        except (KeyError, ValueError, TypeError):
            self._show(replace(self.state, fault=sentence("box.damaged")))
            self._keeper.close()
            return
        self._show(NamesState(stage=Stage.OPEN, key=key))

    def _entered(self) -> None:
        self.session.say("Names open")
        self._opened()

    def _not_in(self, problem: Exception) -> None:
        code, details = getattr(problem, "code", ""), getattr(problem, "details", {})
        if code == "box.wait":
            self._wait(int(str(details["seconds"])))
        elif code == "box.passphrase_wrong":
            self._wrong(sentence(problem))
        else:
            self._show(replace(self.state, busy="", fault=sentence(problem)))

    def _wrong(self, text: str) -> None:
        self._show(replace(self.state, busy="", errors=(FieldError(field="passphrase", text=text),)))

    def _wait(self, seconds: int) -> None:
        if seconds > 0:
            time = ui.count(seconds, "second") if seconds <= _IN_SECONDS else ui.count(-(-seconds // 60), "minute")
            self._wrong(sentence("unlock.wait", time=time))
            self._tick.start(1.0)
        else:
            self._show(replace(self.state, errors=()))
        self._show(replace(self.state, wait_seconds=max(seconds, 0)))
