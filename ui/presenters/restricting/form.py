"""The form that says who may know what a note, an activity or a record says; and how a restriction is lifted."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.restrictions import NewRestriction, assessment_of, lift, restrict, standing
from fieldkit.app.rows import AssessorRow, RecordRow
from fieldkit.domain.restriction import Restriction
from fieldkit.domain.roles import TITLES, Right, Role, may
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, AuthorId, EntryId
from ui.presenters.forms import Entry, Form, FormField, Option, Values, chosen
from ui.presenters.restricting.known import restricted_to
from ui.presenters.services import Failed, Session
from ui.presenters.undo import Deed
from ui.presenters.wording import ui

LIFTED = "Restriction lifted"
_ALWAYS = (
    "Leads, safeguarding leads and whoever wrote it know it in any case. What belongs to it is restricted with it. "
    "What somebody has read already they have read."
)
_HINT = "The whole team can read the reason: say nothing here of what is restricted"
_ROLES = tuple(
    role for role in Role if may(role, Right.PULL) and not may(role, Right.SEE_RESTRICTED)
)  # who sees all needs no naming, and who reads nothing would get nothing by it


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictFacts:
    """``now`` is the restriction that stands on ``about``: mine before anybody else's."""

    about: str
    name: str
    team: tuple[AssessorRow, ...]
    now: RecordRow | None
    said: str

    @property
    def first(self) -> Values:
        """What the form begins with."""
        value: Restriction | None = self.now.value if self.now is not None else None
        if value is None:
            return {}
        return {"roles": "\n".join(value.roles), "people": "\n".join(value.people), "reason": value.reason}


def read_facts(questions: Questions, about: str, author: AuthorId) -> RestrictFacts:
    """What the form needs; ``author`` is not offered themself. Raises ``Mistake('restrict.unknown')``."""
    place = assessment_of(questions, about)
    rows = sorted(standing(questions, place, about), key=lambda row: not row.is_mine)
    team = tuple(one for one in questions.assessors(place) if one.author != author)
    return RestrictFacts(
        about=about, name=_name(questions, about), team=team, now=rows[0] if rows else None,
        said=restricted_to(questions, rows[0].value) if rows else "",
    )  # fmt: skip


class RestrictForm(Form):
    """``leave`` closes it. ``lift`` is there where something is restricted already."""

    def __init__(self, session: Session, facts: RestrictFacts, leave: Callable[[], None], troubled: Failed) -> None:
        super().__init__(
            session, _fields(facts), place=f"form/restrict/{facts.about}", submit=self._restricting, done=self._done_it,
            first=facts.first, initiator="restrict",
        )  # fmt: skip
        self.facts = facts
        self.leave = leave
        self._troubled = troubled
        self._after = NewRestriction()
        self._before = _wanted(facts.first) if facts.now is not None and facts.now.is_mine else None

    @property
    def can_lift(self) -> bool:
        """Whether anything is restricted now."""
        return self.facts.now is not None

    def lift(self) -> None:
        """Take the restriction off; undo puts it back."""
        row = self.facts.now
        if row is None or self.is_saving:
            return
        wanted, about = _wanted(self.facts.first), self.facts.about
        made = [row.value]

        def lifted(_: object) -> None:
            self._session.undo.did(
                Deed(name=LIFTED, undo=lambda: self._restrict(about, wanted, made), redo=lambda: self._lift(made[0]))
            )
            self.discard()
            self.leave()

        self._session.workspace.perform(
            lambda uow: lift(uow, row.record), initiator="restrict", done=lifted, failed=self._troubled
        )

    def _restricting(self, values: Values) -> Callable[[UnitOfWork], Restriction]:
        self._after = wanted = _wanted(values)
        return lambda uow: restrict(uow, self.facts.about, wanted)

    def _done_it(self, value: Restriction) -> None:
        about, before, after, made = self.facts.about, self._before, self._after, [value]

        def undo() -> None:
            if before is None:
                self._lift(made[0])
            else:
                self._restrict(about, before, made)

        name = "Who may know was changed" if before is not None else "Restricted"
        self._session.undo.did(Deed(name=name, undo=undo, redo=lambda: self._restrict(about, after, made)))
        self.leave()

    def _restrict(self, about: str, wanted: NewRestriction, made: list[Restriction]) -> None:
        """Undo of lifting makes a new restriction: the lifted one stays lifted in the log."""
        self._session.workspace.perform(
            lambda uow: restrict(uow, about, wanted), initiator="undo",
            done=lambda value: made.__setitem__(0, value), failed=self._troubled,
        )  # fmt: skip

    def _lift(self, value: Restriction) -> None:
        self._session.workspace.perform(
            lambda uow: lift(uow, value.id), initiator="undo", failed=self._troubled
        )  # fmt: skip


def _fields(facts: RestrictFacts) -> tuple[FormField, ...]:
    people = tuple(Option(str(one.author), one.name) for one in facts.team)
    found = [
        FormField(name="now", label=facts.said, entry=Entry.WORDS),
        FormField(name="always", label=_ALWAYS, entry=Entry.WORDS),
        FormField(
            name="roles", label="Roles that may know", entry=Entry.CHECKS,
            options=tuple(Option(role.value, TITLES[role]) for role in _ROLES),
        ),
        FormField(name="people", label="People who may know", entry=Entry.CHECKS, options=people),
        FormField(name="reason", label="Why (optional)", hint=_HINT),
    ]  # fmt: skip
    left_out = {"now": not facts.said, "people": not people}
    return tuple(one for one in found if not left_out.get(one.name))


def _wanted(values: Values) -> NewRestriction:
    return NewRestriction(
        roles=chosen(values.get("roles", "")), people=chosen(values.get("people", "")), reason=values.get("reason", "")
    )


def _name(questions: Questions, about: str) -> str:
    with suppress(Mistake):
        return f"note of {ui.noticed(questions.entry(EntryId(about)).entry)}"
    with suppress(Mistake):
        return questions.activity(ActivityId(about)).title
    return str(questions.history(about)[-1].value.title)
