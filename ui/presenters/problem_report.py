"""Report a problem: a file for whoever helps, with versions, counts and codes, and not a word that was typed."""

from __future__ import annotations

import platform
from dataclasses import dataclass

from fieldkit import __version__
from fieldkit.app.ports import Questions
from fieldkit.app.rows import VaultInfo
from fieldkit.app.send_log import Round, rounds
from fieldkit.reports.blocks import Block, Document, Heading, KeyFacts, Note, Points
from ui.presenters.services import OfficeState

_ROUNDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a report holds. Names of people, assessments and visits are left out with everything else that is typed."""

    screen: str
    info: VaultInfo | None = None
    office: OfficeState | None = None
    rounds: tuple[Round, ...] = ()

    @classmethod
    def of(cls, questions: Questions, screen: str, office: OfficeState) -> Facts:
        """Called on the store lane."""
        return cls(screen=screen, info=questions.info(), office=office, rounds=tuple(rounds(questions, _ROUNDS)))


def compose(facts: Facts) -> Document:
    """The report as a document."""
    return Document(title="FieldKit problem report", kicker="FieldKit", blocks=tuple(_blocks(facts)))


def _blocks(facts: Facts) -> list[Block]:
    blocks: list[Block] = [
        Note(
            title="Before you send it",
            text="Write below what you did, what you expected and what happened. Nothing you typed is in this file.",
        ),
        KeyFacts(facts=(("What I did", ""), ("I expected", ""), ("What happened", ""))),
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
