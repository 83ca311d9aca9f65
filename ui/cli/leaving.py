"""What ``fieldkit assessment leave``, ``stay`` and ``left`` do."""

from __future__ import annotations

from dataclasses import asdict

from fieldkit.app.team_store import Left, Owed
from fieldkit.app.teams import leave, left, stay
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId
from ui.cli import choose, faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened
from ui.presenters.wording import ui


def leave_one(desk: Desk) -> int:
    """Hide it; the next sending does the rest."""
    with opened(desk, is_whole=True) as vault:
        where = choose.assessment(vault.questions, desk.options.assessment)
        made, _ = vault.perform(lambda uow: leave(uow, where.id, may_lose=desk.options.lose_own))
        owed = vault.sync_store.team.owed(where.id)
    words = [f"{where.name} is hidden on this laptop from now on.", *owed_lines(made, owed)]
    desk.terminal.show({"assessment": where.id, **asdict(made), "owed": asdict(owed)}, words)
    return faults.OK


def stay_on(desk: Desk) -> int:
    """Take it back."""
    with opened(desk, is_whole=True) as vault:
        where = choose.assessment(vault.questions, desk.options.assessment)
        vault.perform(lambda uow: stay(uow, where.id))
    desk.terminal.show({"assessment": where.id}, f"{where.name} is shown again. You have not left.")
    return faults.OK


def list_left(desk: Desk) -> int:
    """What was left, and why it is still here."""
    with opened(desk, is_whole=True) as vault:
        found = left(vault.questions)
        names = {place: _name(vault.questions.assessment, place) for place in found}
        owed = {place: vault.sync_store.team.owed(place) for place, one in found.items() if not one.wiped_at}
    lines = []
    for place, one in found.items():
        who = "you left" if one.why == "person" else "the office took you off the team"
        lines += [f"{names[place]}: {who} on {one.at[:10]}", *owed_lines(one, owed.get(place, Owed()))]
    facts = [
        {"assessment": place, **asdict(one), "owed": asdict(owed[place]) if place in owed else None}
        for place, one in found.items()
    ]
    desk.terminal.show(facts, lines or ["Nothing was left."])
    return faults.OK


def owed_lines(one: Left, owed: Owed) -> list[str]:
    """What keeps its words here, in sentences."""
    if one.wiped_at:
        return [f"Its words were wiped here on {one.wiped_at[:10]}."]
    if owed.is_nothing:
        return ["Nothing of it is owed to the office. The next sending wipes its words here."]
    waits = [
        f"{ui.count(owed.records, 'record')} the office has not confirmed" if owed.records else "",
        f"{ui.count(owed.files, 'file')} on the way" if owed.files else "",
        f"{ui.count(owed.drafts, 'text')} begun and not saved" if owed.drafts else "",
        f"{ui.count(owed.only_here, 'record')} only this laptop has (--lose-own lets go of them)"
        if owed.only_here
        else "",
    ]
    return [f"Kept here until nothing is owed: {'; '.join(part for part in waits if part)}."]


def _name(asked: object, place: str) -> str:
    try:
        return str(asked(AssessmentId(place)).name)  # type: ignore[operator]
    except Mistake:  # wiped: nothing here knows its name any more
        return f"Assessment …{choose.short(place)}"
