"""Use cases of the written parts of the draft report: write one, read all, and never lose one that two people wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.rows import RecordRow
from fieldkit.app.texts import LONGEST_TEXT, typed
from fieldkit.domain.framework import Framework
from fieldkit.domain.section import Part, Section
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId, RecordId, new_id

PARTS = {
    Part.SUMMARY: "Summary", Part.DIRECTION: "Direction of travel", Part.VOICES: "How people's voices were used",
    Part.MESSAGE: "Key messages",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a part stands in the report; ``title`` is the theme's or statement's, empty for the summary."""

    part: Part
    subject: str = ""
    title: str = ""

    @property
    def words(self) -> str:
        """``Direction of travel, Leadership``."""
        return f"{PARTS[self.part]}, {self.title}" if self.title else PARTS[self.part]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What stands in a place: usually one text; several where two laptops wrote it without knowing of each other."""

    place: Place
    rows: tuple[RecordRow, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Those that are not empty, oldest record first."""
        return tuple(one.value.text for one in self.rows if one.value.text.strip())

    @property
    def text(self) -> str:
        """All of them, one under the other: nobody's words are dropped."""
        return "\n\n".join(self.texts)


def places(framework: Framework) -> Iterator[Place]:
    """All parts of the report, in its order."""
    yield Place(part=Part.SUMMARY)
    for theme in framework.themes:
        yield Place(part=Part.DIRECTION, subject=theme.id, title=theme.title)
        yield Place(part=Part.VOICES, subject=theme.id, title=theme.title)
        for one in framework.statements_of(theme.id):
            yield Place(part=Part.MESSAGE, subject=one.id, title=f"{one.position} {one.title}")


def place_of(framework: Framework, part: Part, subject: str) -> Place:
    """Raises ``Mistake('section.no_subject')``."""
    statement = framework.statement_by(subject)
    key = " ".join(subject.casefold().split())
    for one in places(framework):
        if one.part is not part:
            continue
        if part is Part.MESSAGE:
            if statement is not None and statement.id == one.subject:
                return one
        elif part is Part.SUMMARY or key in _names(framework, one):
            return one
    raise Mistake("section.no_subject", subject=subject, field="subject")


def read_sections(questions: Questions, assessment: AssessmentId, framework: Framework) -> tuple[Written, ...]:
    """Every part with what is written of it, the missing ones too."""
    found: dict[tuple[Part, str], list[RecordRow]] = {}
    for row in questions.records(Section.KIND, assessment=assessment):
        if row.value.pack == framework.id:
            found.setdefault((row.value.part, row.value.subject), []).append(row)
    return tuple(
        Written(place=one, rows=tuple(sorted(found.get((one.part, one.subject), ()), key=lambda row: row.record)))
        for one in places(framework)
    )


def write_section(uow: UnitOfWork, framework: Framework, assessment: AssessmentId, place: Place, text: str) -> Section:
    """What stands there from now on; an empty text takes it out. Earlier accounts stay.

    Where two laptops wrote one each, this text takes the place of both: the form shows both before.
    Raises ``Mistake('section.too_long')``.
    """
    said = typed(text)
    if len(said) > LONGEST_TEXT:
        raise Mistake("section.too_long", longest=LONGEST_TEXT, field="text")
    written = next(one for one in read_sections(uow.questions, assessment, framework) if one.place == place)
    if not written.rows:
        made = Section(
            id=RecordId(new_id()), assessment=assessment, pack=framework.id, part=place.part, subject=place.subject,
            text=said,
        )  # fmt: skip
        keep(uow, made)
        return made
    first, *others = written.rows
    changed: Section = replace(first.value, text=said)
    for value, before in ((changed, first), *((replace(one.value, text=""), one) for one in others)):
        if value != before.value:
            revise(uow, value)
    return changed


def _names(framework: Framework, place: Place) -> set[str]:
    theme = next(one for one in framework.themes if one.id == place.subject)
    return {" ".join(one.casefold().split()) for one in (theme.id, theme.letter, theme.title, *theme.aliases)}
