"""The forms of restricted disclosures as data. Their drafts are kept hidden, beside the box."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fieldkit.app.disclosures import Restricted, add_words, handed_over, point_to, take
from fieldkit.domain.disclosure import Disclosure, HandOver, Identity
from fieldkit.kernel.ids import AssessmentId
from ui.presenters.box_keeper import BoxKeeper, Change
from ui.presenters.disclosures import words
from ui.presenters.forms import Action, Entry, Form, FormField, Option, Values
from ui.presenters.services import Session

Now = Callable[[], Restricted]
Done = Callable[[Any], None]


class Forms:
    """Makes them. ``now`` is what the box holds when somebody presses Save; ``done`` gets the change that was kept."""

    def __init__(self, session: Session, keeper: BoxKeeper, now: Now) -> None:
        self._session = session
        self._keeper = keeper
        self._now = now

    def take(self, assessment: AssessmentId, done: Callable[[tuple[Change, Disclosure]], None]) -> Form:
        """What somebody discloses."""

        def submit(values: Values) -> Action:
            given = {name: values[name] for name in ("who", "contact", "about", "organisation", "wishes", "told")}
            identity = Identity(values["identity"]) if values["identity"] else None
            after, made = take(
                self._now(), assessment, self._session.clock.now(), text=values["text"], identity=identity,
                taken_by=self._session.name, **given,
            )  # fmt: skip
            return self._keeping(after, lambda change: (change, made))

        return self._form(_TAKE, "take", submit, done)

    def words(self, reference: str, done: Done) -> Form:
        """More words for one."""

        def submit(values: Values) -> Action:
            return self._keeping(add_words(self._now(), reference, values["text"], self._session.clock.now()))

        return self._form((_MORE,), f"words/{reference}", submit, done)

    def note(self, reference: str, done: Done) -> Form:
        """A hand-over that was made in another way."""

        def submit(values: Values) -> Action:
            made = HandOver(
                at=self._session.clock.now(), to=values["to"].strip(), how=values["how"].strip(),
                reference=values["theirs"].strip(),
            )  # fmt: skip
            return self._keeping(handed_over(self._now(), reference, made))

        return self._form(_NOTE, f"note/{reference}", submit, done)

    def pointer(self, one: Disclosure, done: Done) -> Form:
        """The neutral pointer into the main record."""

        def submit(values: Values) -> Action:
            return lambda uow: point_to(uow, one.assessment, one.reference, values["passed_to"])

        return self._form(_POINTER, f"pointer/{one.reference}", submit, done)

    def _keeping(self, after: Restricted, gives: Callable[[Change], Any] = lambda change: change) -> Action:
        change = self._keeper.change(after.to_content())

        def keep(uow: Any) -> Any:
            change.put(uow)
            return gives(change)

        return keep

    def _form(self, fields: tuple[FormField, ...], place: str, submit: Callable[[Values], Action], done: Done) -> Form:
        return Form(self._session, fields, place=place, submit=submit, done=done, initiator="box", veil=self._keeper)


def _names(values: Values) -> bool:
    return values["identity"] in (Identity.KNOWN.value, Identity.PROTECTED.value)


_TAKE = (
    FormField(name="limits", label=words.LIMITS, entry=Entry.WORDS),
    FormField(name="text", needed="disclosure.no_text", label="What was said", entry=Entry.LONG, rows=6,
              hint="In their words where you can"),
    FormField(
        name="identity", needed="disclosure.no_identity", label="Who spoke", entry=Entry.CHOICE,
        options=tuple(Option(one.value, said) for one, said in words.IDENTITY.items()),
    ),
    FormField(name="who", needed="disclosure.no_who", label="Their name or post", shown=_names),
    FormField(name="contact", label="How to reach them safely", shown=_names),
    FormField(name="about", label="Whom or what it is about"),
    FormField(name="organisation", label="Organisation"),
    FormField(name="wishes", label="What they want to happen, and what they fear", entry=Entry.LONG, rows=2),
    FormField(name="told", label="What you told them of confidence"),
)  # fmt: skip
_MORE = FormField(
    name="text",
    needed="disclosure.no_text",
    label="What is added",
    entry=Entry.LONG,
    rows=5,
    hint="The first account stays as it is",
)
_NOTE = (
    FormField(name="to", needed="disclosure.no_to", label="To whom it was handed over"),
    FormField(name="how", label="How", hint="Like by telephone, or by letter"),
    FormField(name="theirs", label="Their reference"),
)
_POINTER = (
    FormField(name="said", label=words.POINTER, entry=Entry.WORDS),
    FormField(
        name="passed_to",
        needed="disclosure.no_passed_to",
        label="Passed on to",
        hint="Like speaking-up guardian of the regulator",
    ),
)
