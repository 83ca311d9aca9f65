"""What a person looks at before a report leaves: personal details in its words, and groups so small that they name.

Nothing here holds a word of the report: only what was found and how often, since these sentences stand on screens and
in terminals. Quotes that may not be used, held and withdrawn notes are no matter of looking: no report has them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.app.ports import Questions
from fieldkit.app.report_kinds import ReportChoice, ReportKind
from fieldkit.app.small_groups import small_of
from fieldkit.capture.personal import Detail, personal_details
from fieldkit.reports.blocks import Document
from fieldkit.reports.plain import to_plain


class ConcernKind(StrEnum):
    """What was found."""

    NHS_NUMBER = "nhs_number"
    EMAIL = "email"
    PHONE = "phone"
    SMALL_GROUP = "small_group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """``count`` of one kind of thing to look at; ``what`` names a small group by role, organisation and place."""

    kind: ConcernKind
    count: int
    what: str = ""


_KINDS = {
    Detail.NHS_NUMBER: ConcernKind.NHS_NUMBER, Detail.EMAIL: ConcernKind.EMAIL, Detail.PHONE: ConcernKind.PHONE,
}  # fmt: skip


def concerns_of(
    questions: Questions, kind: ReportKind, choice: ReportChoice, document: Document
) -> tuple[Concern, ...]:
    """What stands in ``document`` that may say who somebody is; small groups where it is for people outside the team.

    A group counts where the report names its role: in a report that does not, nobody can be told by it.
    """
    words = to_plain(document)
    seen = Counter(_KINDS[one.detail] for one in personal_details(words))
    found = [Concern(kind=one, count=seen[one]) for one in _KINDS.values() if seen[one]]
    if kind.leaves_team:
        folded = " ".join(words.casefold().split())
        found += [
            Concern(kind=ConcernKind.SMALL_GROUP, count=one.count, what=one.what.words)
            for one in small_of(questions, choice.assessment.id, choice.frameworks)
            if one.what.key[0] and one.what.key[0] in folded
        ]
    return tuple(found)
