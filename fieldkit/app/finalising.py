"""The one rule for whatever is final: nothing rests on an open question without a recorded reason (invariant 8).

Final is what leaves as the state of an assessment: its export, and the printed report of a case or of cases side by
side. Not final is what proves that something arrived (the certificate of hand-in) and what somebody in danger waits
for (the sheet of an escalation): neither is ever held up.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from fieldkit.app.open_questions import Question, open_questions
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.texts import typed
from fieldkit.kernel.clock import to_stamp
from fieldkit.kernel.errors import Mistake, Refusal
from fieldkit.kernel.ids import AssessmentId
from fieldkit.reports.blocks import Document, Note

LONGEST_REASON = 2000
"""Characters of a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Final:
    """On what something final rests: the questions that were open, and why it was made all the same."""

    open: tuple[Question, ...] = ()
    reason: str = ""
    by: str = ""
    at: datetime | None = None

    @property
    def line(self) -> str:
        """For the document itself; empty where nothing was open."""
        if not self.open:
            return ""
        many = "1 question was" if len(self.open) == 1 else f"{len(self.open):,} questions were"
        return f"{many} open when this was made. Made all the same by {self.by}: {self.reason}"

    def to_content(self) -> dict[str, Any]:
        """For the export."""
        return {
            "open_questions": [
                {"kind": one.kind, "record": one.record, "heads": list(one.merge.heads)} for one in self.open
            ],
            "made_although": {"reason": self.reason, "by": self.by, "at": to_stamp(self.at)} if self.at else None,
        }


def in_scope(
    questions: Questions, assessment: AssessmentId, records: Collection[str] | None = None
) -> tuple[Question, ...]:
    """The open questions of an assessment, or of some records of it; held ones are in nothing that leaves."""
    found = open_questions(questions, assessment)
    return tuple(
        one for one in found if one.barred is None and (records is None or one.record in records)
    )  # fmt: skip


def check_final(
    questions: Questions, assessment: AssessmentId, reason: str = "", records: Collection[str] | None = None
) -> tuple[Question, ...]:
    """What is open in the scope of something final.

    Raises ``Refusal('final.open')`` where something is and no reason is given, ``Mistake('question.too_long')``.
    """
    found = in_scope(questions, assessment, records)
    if found and not reason.strip():
        raise Refusal("final.open", count=f"{len(found):,}", noun="question is" if len(found) == 1 else "questions are")
    if len(reason) > LONGEST_REASON:
        raise Mistake("question.too_long", field="reason", most=f"{LONGEST_REASON:,}")
    return found


def finalise(
    uow: UnitOfWork, assessment: AssessmentId, reason: str = "", records: Collection[str] | None = None
) -> Final:
    """Call before the first byte of something final leaves; the reason goes on the vault's own record.

    Raises as ``check_final`` does.
    """
    found = check_final(uow.questions, assessment, reason, records)
    if not found:
        return Final()
    said = typed(reason)
    uow.note_final(assessment, len(found), said)
    return Final(open=found, reason=said, by=uow.identity.name, at=uow.clock.now())


def on_paper(document: Document, final: Final) -> Document:
    """The document with how many questions were open, who made it all the same and why, before anything else.

    Not what the questions are: what somebody changed may be words that must not be quoted.
    """
    if not final.open:
        return document
    return replace(document, blocks=(Note(title="Not everything is decided", text=final.line), *document.blocks))
