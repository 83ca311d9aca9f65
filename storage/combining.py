"""Different fields that two laptops changed at once are combined in the transaction that brought the second account.

Whatever takes in revisions from elsewhere (a pull, a bundle, a cable) calls this when it has taken in a page.
"""

from __future__ import annotations

from fieldkit.app.deciding import combine
from fieldkit.app.ports import UnitOfWork
from fieldkit.kernel.ids import AssessmentId


def combined_after(uow: UnitOfWork, assessment: AssessmentId) -> list[tuple[str, str]]:
    """Combine what can be combined in an assessment; the ``(kind, record)`` pairs that changed."""
    return [(kind, str(record)) for kind, record in combine(uow, assessment)]
