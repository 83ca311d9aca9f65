"""What a person looks at before a report leaves: who could be told by it, what is not stated yet, what was left out.

Nothing here holds a word of the report: only what was found, how often and on which pages, since these sentences stand
on screens and in terminals. Held and withdrawn notes are no matter of looking: no report has them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache

import resources
from fieldkit.app.ports import Questions
from fieldkit.app.quotable import LEFT_OUT
from fieldkit.app.report_kinds import ReportChoice, ReportKind
from fieldkit.app.small_groups import small_of
from fieldkit.capture.lone_names import lone_names
from fieldkit.capture.names import NameBook, NameKind, name_sightings
from fieldkit.capture.personal import Detail, personal_details
from fieldkit.capture.word_list import WordList
from fieldkit.domain.working import NOT_RATED, NOT_SCORED
from fieldkit.reports.blocks import Document, Heading, KeyFacts, KeyList, Note, Paragraph, Points, Steps, Table
from fieldkit.reports.day_sheet import NOT_STATED
from fieldkit.reports.plain import to_plain


class ConcernKind(StrEnum):
    """What was found."""

    NHS_NUMBER = "nhs_number"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    BORN = "born"
    NAME = "name"
    """What may be somebody's name by its look: no list of names is asked."""
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
    found: frozenset[str] = field(default=frozenset(), repr=False, compare=False)
    """What may name somebody, folded, to find its pages by; in no sentence and no picture of this object."""


_KINDS = {
    Detail.NHS_NUMBER: ConcernKind.NHS_NUMBER, Detail.EMAIL: ConcernKind.EMAIL, Detail.PHONE: ConcernKind.PHONE,
}  # fmt: skip
_NAMED = {
    NameKind.NAME: ConcernKind.NAME, NameKind.POSTCODE: ConcernKind.POSTCODE, NameKind.BORN: ConcernKind.BORN,
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
    seen, named = _seen(words), _named(document, _book(questions, choice))
    found = [
        Concern(kind=one, count=seen[one] + len(named[one]), found=frozenset(named[one]))
        for one in ConcernKind if seen[one] or named[one]
    ]  # fmt: skip
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
            signs = one.found or ({one.sign} if one.sign else ())
            if any(sign in folded for sign in signs) if signs else seen[one.kind]:
                where[one].append(page)
    return tuple(replace(one, pages=tuple(found)) for one, found in where.items())


def _seen(words: str) -> Counter[ConcernKind]:
    folded = _folded(words)
    seen = Counter(_KINDS[one.detail] for one in personal_details(words))
    for kind, phrases in _PHRASES.items():
        seen[kind] = sum(folded.count(_folded(one)) for one in phrases)
    return seen


def _named(document: Document, book: NameBook) -> dict[ConcernKind, list[str]]:
    """What may name somebody, by kind; looked for in each text as it was written, before its lines are broken."""
    found: dict[ConcernKind, list[str]] = {one: [] for one in ConcernKind}
    words = _words()
    for text in _texts(document):
        sighted = [(one.kind, one.span) for one in name_sightings(text, book)]
        ends = [span for _, span in sighted]
        sighted += [
            (NameKind.NAME, one) for one in lone_names(text, book, words)
            if not any(one.start < other.end and other.start < one.end for other in ends)
        ]  # fmt: skip
        for kind, span in sighted:
            if kind in _NAMED:
                found[_NAMED[kind]].append(_folded(text[span.start : span.end]))
    return found


@cache
def _words() -> WordList:
    """The dictionary of the spelling marks, 0.9 MB, once a report is looked at."""
    return WordList(resources.read_bytes("words", "british.txt"), resources.read_text("words", "care.txt").split())


def _texts(document: Document) -> Iterator[str]:
    yield document.title
    for block in document.blocks:
        match block:
            case Table():
                for row in (block.header, *block.rows):
                    yield from row
            case KeyFacts():
                for _, said in block.facts:
                    yield said
            case KeyList():
                for _, said in block.rows:
                    yield said
            case Note():
                yield from (block.title, block.text)
            case Steps():
                yield from block.steps
            case Points():
                yield from block.points
            case Heading() | Paragraph():
                yield block.text


def _book(questions: Questions, choice: ReportChoice) -> NameBook:
    """Those who write are named in reports; bodies, places, roles and words of the packs are nobody."""
    said = [choice.assessment.name]
    for visit in questions.visits(choice.assessment.id):
        said += [visit.name, visit.place]
        said += [part for one in questions.people(visit.id) for part in (one.role, one.organisation)]
        for row in questions.activities(visit.id):
            said += [row.activity.title, row.activity.place, row.activity.organisation]
    for pack in choice.frameworks:
        titled = (pack.statements, pack.categories, pack.themes, pack.roles)
        said += [pack.title, *(one.title for each in titled for one in each), *(one.term for one in pack.glossary)]
    team = {f"team {at}": one.name for at, one in enumerate(questions.assessors(choice.assessment.id))}
    return replace(NameBook.of(team, said), parts={})


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())
