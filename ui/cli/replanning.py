"""What ``fieldkit visit|activity change|archive|cancel|move|agenda|programme`` does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake, Trouble
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.domain.assessment import Activity

_DAYS = {"on": "starts_on", "until": "ends_on"}
_STEPS = {"up": -1, "down": 1}


def change_visit(desk: Desk) -> int:
    """Rename a visit, or give it other days or another place."""
    from fieldkit.app.replanning import change_visit as change
    from ui.cli import choose, facts

    options = desk.options
    fields: dict[str, Any] = {name: _given(desk, option) for option, name in _DAYS.items() if _is_given(desk, option)}
    fields |= {name: getattr(options, name) for name in ("name", "place") if _is_given(desk, name)}
    with opened(desk) as vault:
        visit = choose.visit(vault.questions, options.visit)
        if "starts_on" in fields and "ends_on" not in fields:
            fields["ends_on"] = fields["starts_on"]
        vault.perform(lambda uow: change(uow, visit.id, **fields))
        made = vault.questions.visit(visit.id)
    desk.terminal.show(facts.visit(made), f"Visit ‘{made.name}’ changed. Saved on this laptop")
    return faults.OK


def archive_visit(desk: Desk) -> int:
    """Keep a visit out of this laptop's list, or bring it back."""
    from fieldkit.app.replanning import archive_visit as archive
    from ui.cli import choose, facts

    back = desk.options.bring_back
    with opened(desk) as vault:
        visit = choose.visit(vault.questions, desk.options.visit)
        vault.perform(lambda uow: archive(uow, visit.id, archived=not back))
    words = "brought back" if back else "archived. It is kept, and nothing else about it changes"
    desk.terminal.show({**facts.visit(visit), "archived": not back}, f"Visit ‘{visit.name}’ {words}")
    return faults.OK


def add_programme(desk: Desk) -> int:
    """Plan a whole programme from text."""
    from fieldkit.app.programme_text import plan_programme, read_programme, without_time
    from ui.cli import choose, facts
    from ui.presenters.wording import sentence, ui

    options = desk.options
    with opened(desk) as vault:
        visit = choose.visit(vault.questions, options.visit)
        year = (visit.starts_on or desk.clock.now().astimezone().date()).year
        lines = read_programme(_text(desk, options.file), year)
        if not lines:
            raise Mistake("activity.no_lines", field="file")
        for number in without_time(lines):
            desk.terminal.remark(sentence("activity.line_time", number=number))
        made, _ = vault.perform(lambda uow: plan_programme(uow, visit, lines, visit.starts_on))
    words = f"{ui.count(len(made), 'activity', 'activities')} planned. Saved on this laptop"
    desk.terminal.show([facts.activity(one) for one in made], words)
    return faults.OK


def change_activity(desk: Desk) -> int:
    """Change what is planned of an activity."""
    from fieldkit.app.replanning import change_activity as change
    from fieldkit.app.who_goes import read_names
    from fieldkit.domain.assessment import ActivityKind
    from ui.cli import choose

    options = desk.options
    fields: dict[str, Any] = {
        name: getattr(options, name)
        for name in ("title", "starts", "ends", "place", "organisation", "stream")
        if _is_given(desk, name)
    }
    if _is_given(desk, "who"):
        fields["assigned"] = read_names(options.who)
    if _is_given(desk, "on"):
        fields["on"] = _given(desk, "on")
    if options.kind is not None:
        fields["kind"] = ActivityKind(options.kind.replace("-", "_"))
    with opened(desk) as vault:
        activity = choose.activity(vault.questions, options.activity)
        if options.to is not None:
            to = choose.visit(vault.questions, options.to)
            fields = {"on": to.starts_on, **fields, "visit": to.id}
        done, _ = vault.perform(lambda uow: change(uow, activity.id, **fields))
    return _said(desk, done.activity, "changed")


def cancel_activity(desk: Desk) -> int:
    """Mark an activity as cancelled with its notes kept, or bring it back."""
    from fieldkit.app.assessments import cancel_activity as cancel
    from ui.cli import choose

    back = desk.options.bring_back
    with opened(desk) as vault:
        activity = choose.activity(vault.questions, desk.options.activity)
        made, _ = vault.perform(lambda uow: cancel(uow, activity.id, cancelled=not back))
    return _said(desk, made, "brought back" if back else "cancelled. Its notes are kept")


def move_activity(desk: Desk) -> int:
    """Move an activity among those of its day and time, or an item on its agenda."""
    from fieldkit.app.replanning import move_activity as move
    from fieldkit.app.replanning import move_item
    from ui.cli import choose

    options, step = desk.options, _STEPS[desk.options.way]
    with opened(desk) as vault:
        activity = choose.activity(vault.questions, options.activity)
        item = choose.agenda_item(activity, options.item)
        if item is not None:
            vault.perform(lambda uow: move_item(uow, activity.id, item.id, step))
        else:
            vault.perform(lambda uow: move(uow, activity.id, step))
        made = vault.questions.activity(activity.id)
    return _said(desk, made, "moved")


def change_agenda(desk: Desk) -> int:
    """Add items to an agenda, rename one, or take one off with its notes kept."""
    from fieldkit.app.assessments import read_agenda
    from fieldkit.app.replanning import change_activity as change
    from fieldkit.app.replanning import change_item, remove_item
    from ui.cli import choose

    options = desk.options
    added = read_agenda("\n".join([_text(desk, options.file) if options.file else "", *options.add]))
    with opened(desk) as vault:
        activity = choose.activity(vault.questions, options.activity)
        if added:
            items = (*activity.items, *added)
            vault.perform(lambda uow: change(uow, activity.id, items=items))
        for wanted in options.remove:
            gone = choose.agenda_item(activity, wanted)
            if gone is not None:
                vault.perform(lambda uow, item=gone.id: remove_item(uow, activity.id, item))  # type: ignore[misc]
        if options.rename is not None:
            named = choose.agenda_item(activity, options.rename[0])
            if named is not None:
                title = options.rename[1]
                vault.perform(lambda uow: change_item(uow, activity.id, named.id, title, named.starts))
        made = vault.questions.activity(activity.id)
    return _said(desk, made, "changed")


def _said(desk: Desk, activity: Activity, what: str) -> int:
    from ui.cli import facts

    desk.terminal.show(facts.activity(activity), f"Activity ‘{activity.title}’ {what}. Saved on this laptop")
    return faults.OK


def _is_given(desk: Desk, option: str) -> bool:
    return getattr(desk.options, option) is not None


def _given(desk: Desk, option: str) -> Any:
    from ui.presenters.dates import read_day

    return read_day(getattr(desk.options, option), desk.clock.now().astimezone().date())


def _text(desk: Desk, file: str) -> str:
    if file == "-":
        return desk.stdin.read()
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise Mistake("cli.file_missing", field="file", file=file) from error
    except OSError as error:
        raise Trouble("cli.file_unread", file=file) from error
