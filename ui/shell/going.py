"""Where each line of the palette leads."""

from __future__ import annotations

from collections.abc import Callable

from fieldkit.kernel.ids import ActivityId, AssessmentId, EntryId, VisitId
from ui.presenters.help_answers import screen_of
from ui.presenters.page import Part
from ui.presenters.palette.items import Item, Kind
from ui.presenters.settings_pages import SettingsPage
from ui.presenters.workbench import Page, Workbench


def go_to(
    item: Item, bench: Workbench, run: Callable[[str], None], show_setting: Callable[[SettingsPage], None]
) -> None:
    """``run`` does a command by its id."""
    match item.kind:
        case Kind.COMMAND:
            run(item.target)
        case Kind.VISIT:
            bench.open_visit(VisitId(item.target))
        case Kind.ACTIVITY:
            bench.open_activity(ActivityId(item.target))
        case Kind.RECORD if item.page:
            bench.open_page(Page(item.page), item.target)
        case Kind.RECORD:
            bench.open_activity(ActivityId(item.target))
        case Kind.NOTE:
            bench.open_note(EntryId(item.target))
            if bench.exercises is not None:
                bench.exercises.found()
        case Kind.PERSON:
            bench.show_evidence(f"who:{item.target}", AssessmentId(item.assessment))
        case Kind.STATEMENT:
            bench.show_evidence(f"qs:{item.target}", AssessmentId(item.assessment))
        case Kind.SETTING:
            show_setting(SettingsPage[item.target])
        case Kind.HELP:
            bench.show_help(Part.ANSWERS, screen_of(item.target))
