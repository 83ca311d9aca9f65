"""The rows of Findings in words: statements with their findings, or the written parts of the draft report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.app.finding_board import FindingBoard, FindingView
from fieldkit.app.sections import Written
from fieldkit.domain.finding import Strength
from fieldkit.domain.finding_words import BEARINGS, STATES, STRENGTHS
from ui.presenters.wording import ui

_EXCERPT = 160


class LineKind(StrEnum):
    """What a row is about."""

    STATEMENT = "statement"
    FINDING = "finding"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """``key`` names it in the list; ``subject`` is a statement's id, a finding's id, or a part's place."""

    key: str
    kind: LineKind
    subject: str
    title: str
    status: str
    is_open: bool = False
    is_marked: bool = False


def finding_lines(board: FindingBoard) -> tuple[FindingLine, ...]:
    """Every statement with its findings under it; those out of use at the end."""
    return tuple(_lines(board))


def text_lines(written: tuple[Written, ...]) -> tuple[FindingLine, ...]:
    """The parts of the report in its order."""
    return tuple(_text(one) for one in written)


def finding_status(view: FindingView) -> str:
    """``A shortfall · evidence limited · 3 notes, single source · draft``."""
    found = view.triangulation
    notes = ui.count(found.items, "note")
    parts = [
        BEARINGS[view.value.bearing], _evidence(view),
        f"{notes}, single source" if found.is_single_source else notes,
    ]  # fmt: skip
    if found.contradict:
        parts.append(f"{found.contradict} against")
    elif found.is_split:
        parts.append("its notes contradict one another")
    parts.append("out of use" if view.value.is_dropped else STATES[view.value.state].lower())
    return " · ".join([*parts, *(mark.rstrip(".") for mark in view.marks)])


def excerpt(text: str, most: int = _EXCERPT) -> str:
    """The beginning of a text, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _evidence(view: FindingView) -> str:
    words = STRENGTHS[view.strength].lower()
    return words if view.strength is Strength.NONE else f"evidence {words}"


def _lines(board: FindingBoard) -> Iterator[FindingLine]:
    for one in board.framework.statements:
        views = board.of(one.id)
        yield FindingLine(
            key=f"statement/{one.id}", kind=LineKind.STATEMENT, subject=one.id, title=f"{one.position} {one.title}",
            status=ui.count(len(views), "finding") if views else "No finding yet", is_open=not views,
        )  # fmt: skip
        yield from (_finding(view) for view in views)
    yield from (_finding(view) for view in board.dropped)


def _finding(view: FindingView) -> FindingLine:
    return FindingLine(
        key=f"finding/{view.value.id}", kind=LineKind.FINDING, subject=view.value.id,
        title=f"{view.reference}  {excerpt(view.value.claim)}", status=finding_status(view),
        is_marked=bool(view.marks) and not view.value.is_dropped,
    )  # fmt: skip


def _text(one: Written) -> FindingLine:
    status = excerpt(one.text) or "Not written yet"
    if len(one.texts) > 1:
        status = f"Written on two laptops: both stand until it is written anew · {status}"
    return FindingLine(
        key=f"text/{one.place.part.value}/{one.place.subject}", kind=LineKind.TEXT, subject=one.place.subject,
        title=one.place.words, status=status, is_open=not one.texts, is_marked=len(one.texts) > 1,
    )  # fmt: skip
