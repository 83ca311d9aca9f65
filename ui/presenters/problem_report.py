"""Report a problem: a file for whoever helps, with versions, counts and codes, and not a word of a note.

Help and Settings write the same report; on Settings the person can say what happened before it is written.
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fieldkit import __version__
from fieldkit.app.ports import Questions
from fieldkit.app.rows import VaultInfo
from fieldkit.app.send_log import Round, rounds
from fieldkit.reports.blocks import Block, Document, Heading, KeyFacts, Note, Paragraph, Points
from ui.presenters.services import Failed, OfficeState, Session, Sheets

_ROUNDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a report holds. Names of people, assessments and visits are left out with everything else that is typed.

    ``words`` is what the person says about the problem; without it the report leaves lines for that.
    """

    screen: str
    words: str = ""
    info: VaultInfo | None = None
    office: OfficeState | None = None
    rounds: tuple[Round, ...] = ()

    @classmethod
    def of(cls, questions: Questions, screen: str, words: str, office: OfficeState) -> Facts:
        """Called on the store lane."""
        found = tuple(rounds(questions, _ROUNDS))
        return cls(screen=screen, words=words, info=questions.info(), office=office, rounds=found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report that is asked for: where it is written, from which screen, and what the person says."""

    path: Path
    screen: str
    words: str = ""


def write(report: Report, session: Session | None, sheets: Sheets, done: Callable[[], None], failed: Failed) -> None:
    """Compose and save it; before a vault is open it holds the facts of the program only."""
    if session is None:
        sheets.save_document(report.path, compose(Facts(screen=report.screen, words=report.words)), done, failed)
        return
    office = session.office.state
    session.workspace.ask_then(
        lambda q: compose(Facts.of(q, report.screen, report.words, office)),
        lambda document: sheets.save_document(report.path, document, done, failed),
        failed,
    )


def compose(facts: Facts) -> Document:
    """The report as a document."""
    return Document(title="FieldKit problem report", kicker="FieldKit", blocks=tuple(_blocks(facts)))


def _blocks(facts: Facts) -> list[Block]:
    blocks: list[Block] = [
        *_told(facts.words.strip()),
        Heading(text="This laptop"),
        KeyFacts(
            facts=(
                ("FieldKit", __version__), ("Screen", facts.screen), ("System", _system()),
                ("Python", platform.python_version()),
            )
        ),
    ]  # fmt: skip
    if facts.info is not None:
        blocks += [Heading(text="Vault"), KeyFacts(facts=_vault(facts.info))]
    if facts.office is not None:
        code = getattr(facts.office.problem, "code", "") or "none"
        state = (("Connection", facts.office.connection.value), ("Problem", code))
        blocks += [Heading(text="Sending"), KeyFacts(facts=state)]
    if facts.rounds:
        blocks.append(Points(points=tuple(_line(one) for one in facts.rounds)))
    return blocks


def _told(words: str) -> tuple[Block, ...]:
    if words:
        told = tuple(Paragraph(text=line) for line in words.splitlines() if line.strip())
        return (
            Note(title="Before you send it", text="Read it. Beside your own words nothing you typed is in this file."),
            Heading(text="What happened"),
            *told,
        )
    asked = "Write below what you did, what you expected and what happened. Nothing you typed is in this file."
    return (
        Note(title="Before you send it", text=asked),
        KeyFacts(facts=(("What I did", ""), ("I expected", ""), ("What happened", ""))),
    )


def _system() -> str:
    return f"{platform.system()} {platform.release()} {platform.machine()}"


def _vault(info: VaultInfo) -> tuple[tuple[str, str], ...]:
    return (
        ("Vault", info.vault), ("Laptop", info.device), ("Made with", info.store_version),
        ("Records", f"{info.revisions:,}"), ("Notes", f"{info.entries:,}"),
        ("Enrolled", "yes" if info.is_enrolled else "no"), ("Practice", "yes" if info.is_practice else "no"),
    )  # fmt: skip


def _line(one: Round) -> str:
    what = one.code or one.outcome.value
    return f"{one.at:%Y-%m-%d %H:%M} {what}, {one.confirmed} of {one.total} confirmed, {one.times} times"
