"""Use cases that every record of fieldwork shares: write its first account, revise the one that is shown."""

from __future__ import annotations

from fieldkit.app.assessments import introduce_author
from fieldkit.app.ports import UnitOfWork
from fieldkit.domain.fieldwork import FieldRecord


def keep(uow: UnitOfWork, value: FieldRecord, *, priority: int = 1) -> None:
    """Write the first account of a record; its id must be new (``fieldkit.kernel.ids.new_id``).

    ``priority`` 0 leaves before everything else. Checking what a person typed is the caller's: nothing here refuses.
    """
    introduce_author(uow, value.assessment)
    uow.append(value.id, value, assessment=value.assessment, priority=priority)


def revise(uow: UnitOfWork, value: FieldRecord, *, priority: int = 1) -> None:
    """Write another account over the one that is shown; the earlier ones stay (``Questions.history``).

    What somebody else made of it at the same time stays too, until a person decides (``fieldkit.app.deciding``).
    """
    introduce_author(uow, value.assessment)
    uow.append(value.id, value, assessment=value.assessment, parents=uow.questions.over(value.id), priority=priority)
