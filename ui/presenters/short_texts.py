"""A person's own short texts while the vault is open: every line that is typed in offers them behind ``;``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # loaded with the vault, not before the first screen is painted
    from fieldkit.capture.short_texts import ShortText


class ShortTexts:
    """``own`` is another tuple whenever one was added, changed or taken off."""

    def __init__(self) -> None:
        self.own: tuple[ShortText, ...] = ()
