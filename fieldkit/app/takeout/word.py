"""An assessment as Word documents: every report of the catalogue that is for the team, of everything it can be about.

Reports that are meant for people outside the team are made on the page Reports alone, where they are checked first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from fieldkit.app.escalation_rows import escalations
from fieldkit.app.ports import Questions
from fieldkit.app.report_catalogue import REPORTS, About, ReportChoice, ReportKind
from fieldkit.domain.assessment import ActivityKind
from fieldkit.domain.framework import Framework
from fieldkit.kernel.errors import Mistake, Refusal
from fieldkit.kernel.ids import AssessmentId
from fieldkit.reports.save import save

_NOT_IN_NAMES = re.compile(r"[^\w\- ]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFile:
    """A document that can be made: what of, and the name of its file without an ending."""

    kind: ReportKind
    choice: ReportChoice
    name: str


def word_files(questions: Questions, assessment: AssessmentId, frameworks: Sequence[Framework]) -> list[WordFile]:
    """All of them, in the catalogue's order; nothing is read of their content. Empty without a framework here."""
    if not frameworks:
        return []
    whole = ReportChoice(
        assessment=questions.assessment(assessment), framework=frameworks[0], frameworks=tuple(frameworks)
    )
    used = Counter[str]()
    found = []
    for kind in (one for one in REPORTS if not one.leaves_team):
        for choice, about in _choices(questions, whole, kind.about):
            name = _NOT_IN_NAMES.sub(" ", f"{kind.title}{f', {about}' if about else ''}")
            name = " ".join(name.split())[:100]
            used[name.casefold()] += 1
            nth = used[name.casefold()]
            found.append(WordFile(kind=kind, choice=choice, name=name if nth == 1 else f"{name} ({nth})"))
    return found


def write_word(questions: Questions, one: WordFile, folder: Path, at: datetime) -> bool:
    """Write it into ``folder``; whether there was something to write (a case that is held has no report)."""
    try:
        document = one.kind.document(questions, one.choice, at)
    except (Mistake, Refusal):
        return False
    save(document, folder / f"{one.name}.docx")
    return True


def _choices(questions: Questions, whole: ReportChoice, about: About) -> Iterator[tuple[ReportChoice, str]]:
    visits = questions.visits(whole.assessment.id)
    activities = [row.activity for visit in visits for row in questions.activities(visit.id)]
    match about:
        case About.ASSESSMENT:
            for each in whole.frameworks:
                several = each.short_title if len(whole.frameworks) > 1 else ""
                yield replace(whole, framework=each), several
        case About.VISIT:
            yield from ((replace(whole, visit=one.id), one.name) for one in visits)
        case About.DAY:
            for one in visits:
                count = (one.ends_on - one.starts_on).days + 1 if one.starts_on and one.ends_on else bool(one.starts_on)
                for day in (one.starts_on + timedelta(days=n) for n in range(count) if one.starts_on):
                    yield replace(whole, visit=one.id, day=day), f"{one.name} {day.isoformat()}"
        case About.ACTIVITY | About.CASE:
            for activity in activities:
                if about is About.ACTIVITY:
                    yield replace(whole, activity=activity.id), activity.title
                elif activity.kind is ActivityKind.CASE_TRACK:
                    yield replace(whole, case=activity.id), activity.title
        case About.ESCALATION:
            for row in escalations(questions, assessment=whole.assessment.id):
                yield replace(whole, escalation=row.value.id), row.value.id[:8]
        case About.STATEMENT:
            for each in whole.frameworks:
                for statement in each.statements:
                    yield (
                        replace(whole, framework=each, statement=statement.id),
                        f"{statement.position} {statement.title}",
                    )
