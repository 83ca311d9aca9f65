"""The questions of one interview as they were when it began: a guide that is changed later rewrites no interview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from fieldkit.domain import strict
from fieldkit.domain.fieldwork import LIST, TEXT, Types
from fieldkit.domain.guide import ConsentScript
from fieldkit.domain.questions import Question, Section
from fieldkit.kernel.ids import AssessmentId, RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSet:
    """``about`` is the activity. Written once, because a guide may have 2,000 questions and an interview as many steps.

    ``guide``, ``version`` and ``title`` name the guide it was taken from; ``consent`` is what was to be read out.
    """

    KIND: ClassVar[str] = "questions"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = "about"
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "about": TEXT, "guide": TEXT, "version": TEXT, "title": TEXT, "questions": LIST,
        "consent": (dict,),
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    about: RecordId
    guide: str
    version: str
    title_of_guide: str
    questions: tuple[Question, ...]
    consent: ConsentScript
    sections: tuple[Section, ...] = ()

    @property
    def title(self) -> str:
        return f"Questions: {self.title_of_guide}"

    @property
    def words(self) -> str:
        return "\n".join((self.title_of_guide, *(one.text for one in self.questions)))

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "about": self.about, "guide": self.guide, "version": self.version,
            "title": self.title_of_guide, "questions": [one.to_content() for one in self.questions],
            "consent": self.consent.to_content(),
            **strict.without_empty({"sections": [one.to_content() for one in self.sections]}),
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> QuestionSet:
        return cls(
            id=RecordId(record), assessment=AssessmentId(strict.text(raw, "assessment")),
            about=RecordId(strict.text(raw, "about")), guide=strict.text(raw, "guide"),
            version=strict.text(raw, "version"), title_of_guide=strict.text(raw, "title"),
            questions=tuple(Question.from_content(one) for one in strict.objects(raw, "questions")),
            consent=ConsentScript.from_content(raw["consent"]),
            sections=tuple(Section.from_content(one) for one in strict.objects(raw, "sections")),
        )  # fmt: skip
