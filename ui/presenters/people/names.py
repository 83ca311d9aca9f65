"""The key to names on the page of people: set up, open, closed by hand, by hiding, by quiet minutes, by locking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fieldkit.app.boxes import NAMES
from fieldkit.app.person_names import NameKey, pack, unpack
from fieldkit.domain.people import Person
from fieldkit.kernel.errors import FieldKitError
from ui.presenters.box_door import BoxDoor, DoorState
from ui.presenters.box_keeper import Change
from ui.presenters.forms import Action, Form, FormField, Values
from ui.presenters.services import Session
from ui.presenters.wording import ui


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesState(DoorState):
    """``key`` holds names only while it is open."""

    key: NameKey = field(default_factory=NameKey)


class NamesBox(BoxDoor[NamesState]):
    """``opened`` is called when it has opened, ``closing`` while drafts can still be hidden."""

    closed_words = "Names closed"

    def __init__(
        self, session: Session, *, is_made: bool, opened: Callable[[], None], closing: Callable[[], None]
    ) -> None:
        super().__init__(session, NAMES, NamesState(), is_made=is_made, closing=closing)
        self._opened = opened

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

    def _first_content(self) -> Mapping[str, Any]:
        """With a key pair that others seal theirs to."""
        return NameKey.new().to_content()

    def _inside(self, content: Mapping[str, Any]) -> NamesState:
        return NamesState(key=NameKey.from_content(content))

    def _entered(self) -> None:
        self.session.say("Names open")
        self._opened()
