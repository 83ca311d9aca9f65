"""Feedback to leaders at the end of a visit: what the team did and what it heard, without scores and without anybody.

It leaves the team. Whatever might tell who somebody is was left out before it came here
(``fieldkit.app.leaders_feedback``); how much is told, and not what.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from fieldkit.reports.blocks import Block, Document, Heading, KeyFacts, Note, Paragraph, Points
from fieldkit.reports.dates import day, moment

PROVISIONAL_FEEDBACK = (
    "Provisional. This is what the team heard and saw so far. It is not a judgement, and further evidence may change "
    "it."
)
CHECK = (
    "Points are left out that speak of scores or ratings, quote or name somebody, rest on one confidential "
    "conversation or on one source, or that fewer than five people could have made."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadersFeedback:
    """``did`` and the three lists are sentences; ``from_tags``: no person wrote any, so they were counted from tags."""

    assessment: str
    visit: str
    starts_on: date | None
    ends_on: date | None
    did: tuple[str, ...]
    strengths: tuple[str, ...]
    to_check: tuple[str, ...]
    developing: tuple[str, ...]
    from_tags: bool
    left_out: int
    made_at: datetime


def compose(feedback: LeadersFeedback) -> Document:
    """The document."""
    return Document(
        kicker=f"{feedback.assessment} · {feedback.visit}", title="Feedback to leaders",
        blocks=tuple(_blocks(feedback)), footer=f"Provisional, not a judgement. Made {moment(feedback.made_at)}",
    )  # fmt: skip


def _blocks(feedback: LeadersFeedback) -> Iterator[Block]:
    yield Paragraph(text=PROVISIONAL_FEEDBACK, strong=True)
    days = [day(one) for one in (feedback.starts_on, feedback.ends_on) if one is not None]
    yield KeyFacts(facts=(("Visit", feedback.visit), ("When", " to ".join(dict.fromkeys(days)) or "No day planned")))
    yield Heading(text="What we did")
    yield Points(points=feedback.did) if feedback.did else Paragraph(text="Nothing has been noted yet.")
    if feedback.from_tags:
        yield Paragraph(text="What follows was counted from the team's notes; nobody has put it into words yet.")
    yield from _part("Strengths we heard of", feedback.strengths)
    yield from _part("Points to check with you", feedback.to_check)
    yield from _part("Where more is to be understood", feedback.developing)
    left = f" {feedback.left_out} {'was' if feedback.left_out == 1 else 'were'} left out." if feedback.left_out else ""
    yield Note(title="What is not in this paper", text=CHECK + left)


def _part(title: str, points: tuple[str, ...]) -> Iterator[Block]:
    yield Heading(text=title)
    yield Points(points=points) if points else Paragraph(text="None that can be told today.")
