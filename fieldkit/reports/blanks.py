"""Blank sheets to write on where no laptop is welcome; what is on them is typed in later as written on paper.

Every sheet asks for the time of each thing noticed, as the capture line stamps it, and never for a name.
"""

from __future__ import annotations

from enum import StrEnum

from fieldkit.domain.asking import around
from fieldkit.domain.guide import Guide
from fieldkit.domain.questions import CHOOSING, Question
from fieldkit.reports.blocks import Block, Document, Heading, KeyFacts, Note, Paragraph, Points, Table
from fieldkit.reports.rule_words import Named, condition

_ROOM = 11
"""Millimetres of a row: two lines of handwriting."""
_CARE = (
    "No names. Write a code or a role for people: P1, S3, ward manager. Number the pages. Type the sheet into FieldKit "
    "the same day with Written on paper turned on, attach a scan where the words matter, then hand in or destroy it."
)
_RISK = "Danger now? Stop writing. Tell the manager in charge and ring 999, then the numbers you were given."


class Blank(StrEnum):
    """The sheets; the value is the word on the command line."""

    OBSERVATION = "observation"
    INTERVIEW = "interview"
    CASE = "case"
    DROP_IN = "dropin"


TITLES = {
    Blank.OBSERVATION: "Observation sheet", Blank.INTERVIEW: "Interview sheet", Blank.CASE: "Case timeline sheet",
    Blank.DROP_IN: "Drop-in tally",
}  # fmt: skip


def blank(kind: Blank, guide: Guide | None = None) -> Document:
    """The sheet. ``guide`` gives an interview sheet its questions and what is read out first."""
    composed = {
        Blank.OBSERVATION: _observation, Blank.INTERVIEW: lambda: _interview(guide), Blank.CASE: _case,
        Blank.DROP_IN: _drop_in,
    }[kind]()  # fmt: skip
    title = f"{TITLES[kind]}: {guide.title}" if kind is Blank.INTERVIEW and guide is not None else TITLES[kind]
    return Document(
        title=title, kicker="FieldKit · to write on", footer=f"{title} · sheet no. ____ · your initials ____",
        blocks=(Note(title="Before you write, and after", text=_CARE), *composed),
    )  # fmt: skip


def _observation() -> tuple[Block, ...]:
    return (
        _facts("Place and room", "Date", "From, to", "Observer, role"),
        Note(title="Somebody at risk", text=_RISK),
        _grid(("Time", "What was seen or heard, exact words in quotation marks", "Who", "Tag"), 12, (3, 17, 4, 3)),
    )


def _interview(guide: Guide | None) -> tuple[Block, ...]:
    head = _facts("Who, by role or code", "How many, where", "Date", "From, to", "Interviewer")
    agreed = Table(
        header=("Agreed to take part", "Words may be quoted", "By whom, when", "Other party recording"),
        rows=(("yes   /   no", "by role  /  unnamed  /  no", "", "yes  /  no  /  suspected"),), room=_ROOM,
        widths=(5, 6, 5, 6),
    )  # fmt: skip
    if guide is None:
        rows = _grid(("Time", "Question and answer, exact words in quotation marks", "Who"), 11, (3, 19, 3))
        return (head, agreed, rows)
    sections, named = {one.id: one for one in guide.sections}, Named.of(guide.asked, guide.questions)
    conditions = (condition((*around(one.section, sections), one.relevant), named) for one in guide.asked)
    asked = [
        _question(place, one, when) for place, (one, when) in enumerate(zip(guide.asked, conditions, strict=True), 1)
    ]
    said = (Heading(text="Read out first"), Points(points=guide.consent.read_out))
    more = (Heading(text="Anything else"), _grid(("Time", "Words", "Who"), 5, (3, 19, 3)))
    return (head, *said, agreed, *asked, *more)


def _question(place: int, question: Question, when: str) -> Table:
    """The question heads its own grid, so that it never stands at the foot of a page without it."""
    help_with = [f"Only if {when}"] if when else []
    help_with += [question.hint] if question.hint else []
    help_with += [f"\N{EN DASH} {one}" for one in question.probes]
    if question.answer in CHOOSING:
        help_with.append("Mark: " + "     ".join(f"[  ] {one.text}" for one in question.choices))
    first = (("", "\n".join(help_with), ""),) if help_with else ()
    return Table(
        header=("Time", f"{place}. {question.text}", "Who"), rows=(*first, *((("",) * 3,) * 3)), widths=(3, 19, 3),
        room=_ROOM,
    )  # fmt: skip


def _case() -> tuple[Block, ...]:
    columns = ("Day, month or about", "Organisation", "What happened", "What should have happened", "Source")
    return (
        _facts("Case, like C01", "Pathway", "Age band, setting", "Consent or power", "Date"),
        Paragraph(
            text="One row for each touchpoint, in the order of time. Say how sure the day is. Source: person, carer, "
            "staff, record or observation."
        ),
        _grid(columns, 9, (5, 6, 9, 8, 4)),
        _facts("Longest wait", "Gaps, unexplained", "Person’s words"),
    )


def _drop_in() -> tuple[Block, ...]:
    columns = ("No.", "Role band", "How many", "Minutes", "Themes, in a few words; no name, no place that tells who")
    return (
        _facts("Where", "Date", "From, to", "Host"),
        Table(
            header=columns, rows=tuple((str(number), "", "", "", "") for number in range(1, 31)), room=_ROOM,
            widths=(2, 5, 3, 3, 15),
        ),
    )  # fmt: skip


def _facts(*labels: str) -> KeyFacts:
    return KeyFacts(facts=tuple((label, "") for label in labels))


def _grid(header: tuple[str, ...], rows: int, widths: tuple[int, ...]) -> Table:
    return Table(header=header, rows=(("",) * len(header),) * rows, widths=widths, room=_ROOM)
