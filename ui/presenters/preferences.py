"""What a person chose for this laptop, shared by every screen: changed at once, written to the settings file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from fieldkit.app.settings import LOCK_MINUTES, Settings
from fieldkit.kernel.errors import Mistake
from ui.presenters.presenter import Presenter

Keep = Callable[[dict[str, Any]], None]
"""Writes these values to the settings file and leaves all others there as they are."""


class Preferences(Presenter[Settings]):
    """``changed`` tells whoever acts on a setting; a choice that cannot be written still holds for today."""

    def __init__(self, settings: Settings | None = None, keep: Keep | None = None) -> None:
        super().__init__(settings or Settings())
        self._keep = keep or (lambda _: None)

    def put(self, **values: Any) -> None:
        """Change some of the settings. Raises ``TypeError`` for one that there is not."""
        changed = replace(self.state, **values)
        if changed != self.state:
            self._show(changed)
            self._keep(values)

    def lock_after(self, minutes: str, *, in_log: bool) -> None:
        """Minutes without a key until the vault locks, as typed. Raises ``Mistake('settings.lock_minutes')``."""
        typed = minutes.strip()
        if not (typed.isascii() and typed.isdecimal() and len(typed) < 5 and int(typed) in LOCK_MINUTES):
            field = "log_lock_minutes" if in_log else "lock_minutes"
            raise Mistake("settings.lock_minutes", field=field, least=LOCK_MINUTES[0], most=LOCK_MINUTES[-1])
        self.put(**{"log_lock_minutes" if in_log else "lock_minutes": int(typed)})
