"""The factual accuracy check on paper: every comment with its answer, the table of changes, and the form to fill in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from fieldkit.domain.accuracy import Says
from fieldkit.domain.working_days import Term
from fieldkit.reports.blocks import Block, Document, Heading, KeyFacts, Note, Paragraph, Points, Steps, Table
from fieldkit.reports.dates import day, moment

SAYS = {
    Says.TYPOGRAPHICAL: "Typographical or numerical", Says.CONTESTED: "Contested fact",
    Says.ADDITIONAL: "Additional or omitted information",
}  # fmt: skip
UNCERTAIN = (
    "The bank holidays of a year it touches were not published when this version of FieldKit was made: a day may be "
    "missing. Check GOV.UK, Bank holidays."
)
NO_CHANGE = "No change"
_FORM_ROWS = 6
_LONG_FACT = 1_000
_LONGEST = 4_000
"""Characters set as one paragraph, about a page: one of 210,000 took 21 s to break into lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentDraft:
    """A draft that went to a body; ``term`` worked out now, ``due_on`` as the body was told."""

    body: str
    report: str
    sha256: str
    due_on: date
    term: Term
    comments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A finding, or a part of the report, that changed because of a comment."""

    title: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentLine:
    """A comment with what was decided; ``decided`` is empty while nobody answered."""

    reference: str
    body: str
    paragraph: str
    says: Says
    text: str
    evidence: str = ""
    files: tuple[str, ...] = ()
    decided: str = ""
    reason: str = ""
    by: str = ""
    was: str = ""
    becomes: str = ""
    score: str = ""
    remark: str = ""
    texts: tuple[TextLine, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether the report or a score is another because of it."""
        return bool(self.was or self.becomes or self.score or self.texts)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Its rows of the table of changes: one for each text that changed, the score beside the first."""
        is_told = not self.texts or bool(self.was and not any(self.was in one.was for one in self.texts))
        found = [(self.paragraph, self.was, self.becomes)] if is_told else []
        found += [(f"{self.paragraph}. {one.title}", one.was, one.becomes) for one in self.texts]
        return tuple((*one, self.score if at == 0 else "") for at, one in enumerate(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class AccuracyPage:
    """Everything of the check of an assessment."""

    assessment: str
    sent: tuple[SentDraft, ...]
    comments: tuple[CommentLine, ...]
    made_at: datetime
    noun: str = "score"
    """What the framework has chosen: a score, or a rating in words."""


def left_out_words(term: Term) -> str:
    """``Left out: 25 December 2026 (Christmas Day), 26 December 2026 (weekend)``."""
    days = ", ".join(f"{day(one)} ({why})" for one, why in term.left_out)
    return f"Left out: {days}" if days else "No day left out"


def compose(page: AccuracyPage) -> Document:
    """Drafts, clocks, every comment whole, every answer: at any state of the check."""
    count, open_ones = len(page.comments), sum(not one.decided for one in page.comments)
    standing = f"{open_ones} not answered yet" if open_ones or not count else "all answered"
    head = Note(
        title=f"{count} {'comment' if count == 1 else 'comments'}, {standing}",
        text=f"Comments stand here whole, answered or not. {page.noun.capitalize()}s are provisional.",
    )
    blocks: list[Block] = [head, *_drafts(page)]
    for one in page.comments:
        blocks += _comment(one, page.noun)
    return _document("Factual accuracy: comments and answers", page, tuple(blocks))


def compose_changes(page: AccuracyPage) -> Document:
    """The table of changes for the final report: what each accepted comment changed, and what was not accepted."""
    return _document("Factual accuracy: table of changes", page, change_blocks(page))


def change_blocks(page: AccuracyPage, level: int = 2) -> tuple[Block, ...]:
    """The same as part of another document, under headings of ``level``."""
    changed = [one for one in page.comments if one.changes]
    others = [one for one in page.comments if one.decided and not one.changes]
    blocks: list[Block] = [Heading(text="What changed", level=level)]
    if changed:
        table = Table(
            header=("Comment", "Paragraph", "Was", "Is now", page.noun.capitalize(), "Why"), widths=(5, 5, 6, 6, 4, 7),
            rows=tuple(
                (_who(one), row[0], *(it or NO_CHANGE for it in row[1:]), one.reason)
                for one in changed
                for row in one.rows
            ),
        )  # fmt: skip
        blocks.append(table)
    else:
        blocks.append(Paragraph(text=f"No words and no {page.noun} changed."))
    blocks.append(Heading(text="What was considered and changes nothing", level=level))
    if others:
        table = Table(
            header=("Comment", "Paragraph", "Kind", "Decided", "Why"), widths=(4, 4, 5, 4, 8),
            rows=tuple((_who(one), one.paragraph, SAYS[one.says], one.decided, one.reason) for one in others),
        )  # fmt: skip
        blocks.append(table)
    else:
        blocks.append(Paragraph(text="Nothing."))
    waiting = [one.reference for one in page.comments if not one.decided]
    if waiting:
        blocks.append(Paragraph(text=f"Not answered yet: {', '.join(waiting)}.", strong=True))
    return tuple(blocks)


def compose_form(page: AccuracyPage, columns: tuple[str, ...]) -> Document:
    """The form that goes with a draft: filled in, it is read back as it is."""
    kinds = tuple(SAYS.values())
    steps = (
        "Use one row for each comment. Add rows as you need; a comment may be of any length.",
        "Name the paragraph: its number, or the page and its first words.",
        "Say which kind it is, 1, 2 or 3.",
        "For a contested fact, give evidence from the time of the assessment, with its date. Attach documents.",
    )
    table = Table(
        header=columns, rows=tuple(("",) * len(columns) for _ in range(_FORM_ROWS)), widths=(3, 2, 8, 6, 3), room=14,
    )  # fmt: skip
    due = tuple((one.body, f"by {day(one.due_on)}") for one in page.sent)
    blocks = (
        *((KeyFacts(facts=due),) if due else ()), Heading(text="How to fill it in"), Steps(steps=steps),
        Heading(text="Kinds of comment"), Steps(steps=kinds), Heading(text="Your comments"), table,
    )  # fmt: skip
    return _document("Factual accuracy: form for comments", page, blocks)


def _drafts(page: AccuracyPage) -> tuple[Block, ...]:
    if not page.sent:
        return (Paragraph(text="No draft was sent out yet."),)
    table = Table(
        header=("Body", "Draft", "E-mail of", "Due", "Comments"), widths=(4, 7, 3, 3, 3),
        rows=tuple(
            (one.body, f"{one.report}, SHA-256 {one.sha256[:16]}…", day(one.term.began), day(one.due_on),
             str(one.comments))
            for one in page.sent
        ),
    )  # fmt: skip
    points: dict[str, list[str]] = {}
    for one in page.sent:
        words = f"{one.term.days} working days. {left_out_words(one.term)}."
        if one.term.due != one.due_on:
            words += f" Worked out now it would be {day(one.term.due)}; the body was told {day(one.due_on)}."
        bodies = points.setdefault(words if one.term.is_certain else f"{words} {UNCERTAIN}", [])
        bodies.append(one.body)
    said = tuple(f"{' and '.join(dict.fromkeys(bodies))}: {words}" for words, bodies in points.items())
    return (Heading(text="Drafts sent out"), table, Points(points=said))


def _comment(one: CommentLine, noun: str) -> tuple[Block, ...]:
    facts = [
        ("From", one.body),
        ("Paragraph", one.paragraph),
        ("Kind", SAYS[one.says]),
        ("Evidence", one.evidence),
        ("Attached", ", ".join(one.files)),
    ]
    decided = [
        ("Decided", one.decided or "Not answered yet"),
        ("Why", one.reason),
        ("Answered by", one.by),
        ("Was", one.was),
        ("Is now", one.becomes),
        *(
            fact for each in one.texts
            for fact in (("Changed", each.title), ("Was", each.was), ("Is now", each.becomes))
        ),
        (noun.capitalize(), one.score),
        ("Remark", one.remark),
    ]  # fmt: skip
    words = (Paragraph(text=words) for words in _pieces(one.text))
    return (Heading(text=f"Comment {one.reference}"), *_facts(facts), *words, *_facts(decided))


def _facts(facts: list[tuple[str, str]]) -> Iterator[Block]:
    """Labelled words; long ones as paragraphs under their label, since a line of facts has to fit one page."""
    yield KeyFacts(facts=tuple((name, words) for name, words in facts if words and len(words) <= _LONG_FACT))
    for name, words in facts:
        if len(words) > _LONG_FACT:
            yield Paragraph(text=name, strong=True)
            yield from (Paragraph(text=piece) for piece in _pieces(words))


def _pieces(text: str) -> Iterator[str]:
    """Its paragraphs, long ones in pieces that end at a blank: nothing is left out."""
    for words in text.split("\n"):
        rest = words.strip()
        while len(rest) > _LONGEST:
            cut = rest.rfind(" ", 0, _LONGEST)
            cut = cut if cut > 0 else _LONGEST
            yield rest[:cut]
            rest = rest[cut:].lstrip()
        if rest:
            yield rest


def _who(one: CommentLine) -> str:
    return f"{one.reference}, {one.body}"


def _document(title: str, page: AccuracyPage, blocks: tuple[Block, ...]) -> Document:
    return Document(
        title=title, kicker=f"FieldKit · {page.assessment}", blocks=blocks,
        footer=f"{title} · provisional · made {moment(page.made_at)}",
    )  # fmt: skip
