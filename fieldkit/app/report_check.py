"""What a person looks at before a report leaves: who could be told by it, what is not stated yet, what was left out.

Nothing here holds a word of the report: only what was found, how often and on which pages, since these sentences stand
on screens and in terminals. Held and withdrawn notes are no matter of looking: no report has them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from fieldkit.app.ports import Questions
from fieldkit.app.quotable import LEFT_OUT
from fieldkit.app.report_kinds import ReportChoice, ReportKind
from fieldkit.app.small_groups import small_of
from fieldkit.capture.personal import Detail, personal_details
from fieldkit.domain.working import NOT_RATED, NOT_SCORED
from fieldkit.reports.blocks import Document
from fieldkit.reports.day_sheet import NOT_STATED
from fieldkit.reports.plain import to_plain

_NAME = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Sir|Dame|Lord|Lady|Rev|Reverend)\b\.? [A-Z][\w\u2019'-]+"
)
"""A form of address and a name: a name by itself looks like any other word."""


class ConcernKind(StrEnum):
    """What was found."""

    NHS_NUMBER = "nhs_number"
    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"
    SMALL_GROUP = "small_group"
    UNSTATED = "unstated"
    """A section of Alert, Advise, Assure that nobody filled and nobody called empty."""
    UNSCORED = "unscored"
    QUOTE = "quote"
    """Exact words that are left out, because whoever said them may not be quoted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """``count`` of one kind of thing to look at; ``what`` names a small group by role, organisation and place.

    ``sign`` is the role by which a small group is found; ``pages`` are those of the PDF on which it stands, once one
    was made.
    """

    kind: ConcernKind
    count: int
    what: str = ""
    sign: str = ""
    pages: tuple[int, ...] = ()


_KINDS = {
    Detail.NHS_NUMBER: ConcernKind.NHS_NUMBER, Detail.EMAIL: ConcernKind.EMAIL, Detail.PHONE: ConcernKind.PHONE,
}  # fmt: skip
_PHRASES = {
    ConcernKind.UNSTATED: (NOT_STATED,), ConcernKind.UNSCORED: (NOT_SCORED, NOT_RATED), ConcernKind.QUOTE: (LEFT_OUT,),
}  # fmt: skip


def concerns_of(
    questions: Questions, kind: ReportKind, choice: ReportChoice, document: Document
) -> tuple[Concern, ...]:
    """What in ``document`` wants a look; small groups where it is for people outside the team.

    A group counts where the report names its role: in a report that does not, nobody can be told by it.
    """
    words = to_plain(document)
    seen = _seen(words)
    found = [Concern(kind=one, count=seen[one]) for one in ConcernKind if seen[one]]
    if kind.leaves_team:
        folded = _folded(words)
        found += [
            Concern(kind=ConcernKind.SMALL_GROUP, count=one.count, what=one.what.words, sign=one.what.key[0])
            for one in small_of(questions, choice.assessment.id, choice.frameworks)
            if one.what.key[0] and one.what.key[0] in folded
        ]
    return tuple(found)


def placed(concerns: tuple[Concern, ...], pages: Iterable[str]) -> tuple[Concern, ...]:
    """The same with the pages on which each stands; ``pages`` are the words of each, in turn."""
    where: dict[Concern, list[int]] = {one: [] for one in concerns}
    for page, words in enumerate(pages, 1) if concerns else ():
        seen, folded = _seen(words), _folded(words)
        for one in concerns:
            if one.sign in folded if one.sign else seen[one.kind]:
                where[one].append(page)
    return tuple(replace(one, pages=tuple(found)) for one, found in where.items())


def _seen(words: str) -> Counter[ConcernKind]:
    line, folded = " ".join(words.split()), _folded(words)
    seen = Counter(_KINDS[one.detail] for one in personal_details(words))
    seen[ConcernKind.NAME] = len(_NAME.findall(line))
    for kind, phrases in _PHRASES.items():
        seen[kind] = sum(folded.count(_folded(one)) for one in phrases)
    return seen


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())
