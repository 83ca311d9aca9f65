"""What the workbench shows: the page, the way to it in words, and what is still on its way."""

from __future__ import annotations

from dataclasses import dataclass

from ui.presenters.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbenchState:
    """What is shown. ``edition`` grows whenever a screen's presenter was made anew."""

    page: Page = Page.HOME
    crumbs: tuple[str, ...] = (Page.HOME.value,)
    edition: int = 0
    is_hidden: bool = False
    opening: str = ""
    fault: str = ""
