"""The pages of first run in their order, and what the wizard shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.presenters.field_error import FieldError
from ui.presenters.services import Check, Enrolled, PackOffer
from ui.presenters.signing_in import IDLE, SigningInState


class Page(StrEnum):
    """The pages in order; restoring stands beside them."""

    START = "start"
    RESTORE = "restore"
    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"
    WAY = "way"
    PACK = "pack"
    READY = "ready"


class Way(StrEnum):
    """How the person will work."""

    OFFICE = "office"
    ALONE = "alone"


class Next(StrEnum):
    """What the last page leads to."""

    SAMPLE = "sample"
    VISIT = "visit"


STEPS = (Page.START, Page.PASSPHRASE, Page.RECOVERY, Page.WAY, Page.PACK, Page.READY)
HEADINGS = {
    Page.START: "Set up this laptop",
    Page.RESTORE: "Restore from a backup",
    Page.PASSPHRASE: "Create your passphrase",
    Page.RECOVERY: "Store your recovery key",
    Page.WAY: "How will you work?",
    Page.PACK: "Choose a framework pack",
    Page.READY: "Ready",
}
BEFORE = {
    Page.RESTORE: Page.START, Page.PASSPHRASE: Page.START, Page.WAY: Page.RECOVERY, Page.PACK: Page.WAY,
    Page.READY: Page.PACK,
}  # fmt: skip
"""Going back ends where the vault was made: it cannot be unmade by a button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRunState:
    """What the wizard shows. ``busy`` is what is being done, in words; the main button then waits.

    The recovery key stays until the wizard ends, so that going back to its page loses nothing.
    """

    page: Page = Page.START
    checks: tuple[Check, ...] = ()
    name: str = ""
    initials: str = ""
    is_adviser: bool = False
    strength: str = ""
    recovery_key: str = ""
    recovery_stored: bool | None = None
    way: Way | None = None
    enrolled: Enrolled | None = None
    signing: SigningInState = IDLE
    packs: tuple[PackOffer, ...] = ()
    pack: int = 0
    errors: tuple[FieldError, ...] = ()
    busy: str = ""
    fault: str = ""
    may_check_again: bool = False
    warning: str = ""
    """That the vault is about to be locked."""
    notice: str = ""

    @property
    def step(self) -> str:
        """``Step 2 of 6``; empty on a page beside the six."""
        return step_of(self.page)

    @property
    def may_go_back(self) -> bool:
        """Whether there is a page before this one."""
        return self.page in BEFORE


def step_of(page: Page) -> str:
    """``Step 2 of 6``; empty for a page beside the six."""
    return f"Step {STEPS.index(page) + 1} of {len(STEPS)}" if page in STEPS else ""
