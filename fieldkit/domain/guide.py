"""Interview guides: the questions for one kind of conversation, and the words that are read out before it.

A guide is a record of the assessment, so it travels to the team. An interview keeps the id and version of the guide it
used and takes the questions as its agenda items; a guide that is changed gets a new version and changes no interview.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from fieldkit.domain import strict
from fieldkit.domain.assessment import ActivityKind, AgendaItem
from fieldkit.domain.fieldwork import TEXT, Types
from fieldkit.domain.questions import Question, Section
from fieldkit.kernel.ids import AssessmentId, RecordId

LIMIT: Final = "If you tell me that someone is at risk of serious harm, I have to pass that on."
"""The limit of confidentiality. It is the program's own: no guide, pack or form can take it away (ux S6-A6)."""
ITEM_TITLE: Final = 200
"""How much of a question an agenda item shows, in characters; the guide has the rest."""

_TAIL = re.compile(r"^(.*?)([0-9]{1,18})$", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentScript:
    """What is read out before the first question. ``name`` is what a consent keeps of it."""

    id: str
    version: str
    lines: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its id and version in one: ``standard/1``."""
        return f"{self.id}/{self.version}"

    @property
    def read_out(self) -> tuple[str, ...]:
        """Every line to be read, the limit of confidentiality always among them, exactly once."""
        return (*(line for line in self.lines if line.strip() != LIMIT), LIMIT)

    def to_content(self) -> dict[str, Any]:
        return {"id": self.id, "version": self.version, "lines": list(self.lines)}

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> ConsentScript:
        return cls(id=strict.text(raw, "id"), version=strict.text(raw, "version"), lines=strict.texts(raw, "lines"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """An interview guide, or a template for an observation.

    ``form_id`` and ``version`` are those of the form (XLSForm settings). ``kinds`` are the activities it is for,
    ``audience`` the people ("Leaders"), ``origin`` where it came from: a built-in guide's id, a file's name, or empty.
    ``language`` names the language of the questions' own texts where the form names one.
    """

    KIND: ClassVar[str] = "guide"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = ""
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "title": TEXT, "form_id": TEXT, "version": TEXT, "kinds": (list,), "consent": (dict,),
        "questions": (list,),
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    title: str
    form_id: str
    version: str
    consent: ConsentScript
    questions: tuple[Question, ...]
    sections: tuple[Section, ...] = ()
    kinds: tuple[ActivityKind, ...] = (ActivityKind.INTERVIEW,)
    audience: str = ""
    origin: str = ""
    language: str = ""
    is_retired: bool = False
    """Taken out of use: no interview may choose it any more; those that did keep it."""
    _by_id: dict[str, Question] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = Counter([*(one.id for one in self.questions), *(one.id for one in self.sections)])
        if any(count > 1 for count in names.values()):
            raise ValueError("a name stands twice in a guide")
        object.__setattr__(self, "_by_id", {one.id: one for one in self.questions})

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions that are put to people, in order."""
        return tuple(one for one in self.questions if one.is_asked)

    @property
    def minutes(self) -> int:
        """The time meant for all questions together; 0 where none says."""
        return sum(one.minutes for one in self.questions)

    def question(self, question: str) -> Question | None:
        """The question with this id, or None: a note may answer one that a later version left out."""
        return self._by_id.get(question)

    def section(self, section: str) -> Section | None:
        """The section with this id, or None."""
        return next((one for one in self.sections if one.id == section), None)

    def items(self) -> tuple[AgendaItem, ...]:
        """What an interview by this guide has for agenda items: one per question that is asked, with its id."""
        return tuple(AgendaItem(id=one.id, title=_shortened(one.text)) for one in self.asked)

    @property
    def words(self) -> str:
        spoken = [part for one in self.questions for part in (one.text, one.hint, *one.probes, *one.i_statements)]
        return "\n".join(part for part in (self.title, self.audience, *spoken) if part)

    def to_content(self) -> dict[str, Any]:
        more = {
            "sections": [one.to_content() for one in self.sections], "audience": self.audience, "origin": self.origin,
            "language": self.language, "is_retired": self.is_retired,
        }  # fmt: skip
        return {
            "assessment": self.assessment, "title": self.title, "form_id": self.form_id, "version": self.version,
            "kinds": [kind.value for kind in self.kinds], "consent": self.consent.to_content(),
            "questions": [one.to_content() for one in self.questions], **strict.without_empty(more),
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Guide:
        return cls(
            id=RecordId(record), assessment=AssessmentId(strict.text(raw, "assessment")),
            title=strict.text(raw, "title"), form_id=strict.text(raw, "form_id"), version=strict.text(raw, "version"),
            kinds=tuple(ActivityKind(one) for one in strict.texts(raw, "kinds")),
            consent=ConsentScript.from_content(raw["consent"]),
            questions=tuple(Question.from_content(one) for one in strict.objects(raw, "questions")),
            sections=tuple(Section.from_content(one) for one in strict.objects(raw, "sections")),
            audience=strict.text(raw, "audience", ""), origin=strict.text(raw, "origin", ""),
            language=strict.text(raw, "language", ""), is_retired=strict.flag(raw, "is_retired"),
        )  # fmt: skip


def next_version(version: str) -> str:
    """The version after ``version``: its last number one higher; ``2`` is put behind a version without a number."""
    found = _TAIL.match(version)
    if found is None:
        return f"{version}.2" if version else "2"
    head, number = found.groups()
    return head + str(int(number) + 1).zfill(len(number))


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= ITEM_TITLE else line[: ITEM_TITLE - 1] + "…"
