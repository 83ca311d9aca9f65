"""Boxes: parts of an open vault that stay shut until their own passphrase is given. ``storage.boxes`` makes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from fieldkit.app.ports import Questions, UnitOfWork

NAMES = "names"
"""Who is behind the codes of people."""
RESTRICTED = "restricted"
"""What was disclosed in confidence (speaking up)."""


class OpenBox(Protocol):
    """A box whose passphrase was given."""

    content: Mapping[str, Any]
    """What it holds: JSON."""

    def sealed(self, content: Mapping[str, Any]) -> str:
        """What is to stand in the vault for ``content``. Raises ``Mistake('box.full')``, ``Refusal('box.shut')``."""

    def hide(self, text: str) -> str:
        """A draft, fit to be kept outside the box."""

    def reveal(self, hidden: str) -> str:
        """Undo ``hide``; empty for what this box did not hide."""

    def close(self) -> None:
        """Forget the key and what it holds."""


class Boxes(Protocol):
    """Makes and opens boxes. Both take about a second: on the ``work`` lane, never on the store's."""

    def make(self, name: str, passphrase: str) -> OpenBox:
        """A new, empty one. Raises ``Mistake('passphrase.empty' | 'passphrase.short')``."""

    def open(self, name: str, kept: str, passphrase: str) -> OpenBox:
        """Raises ``Trouble`` with ``box.passphrase_wrong``, ``box.wait`` (``seconds``) or ``box.damaged``."""


def kept_box(questions: Questions, name: str) -> str | None:
    """What stands in the vault for a box; ``None`` where it was never made."""
    return questions.setting(_key(name))


def keep_box(uow: UnitOfWork, name: str, sealed: str) -> None:
    """Put what ``OpenBox.sealed`` gave in the box's place, in this transaction."""
    uow.set_setting(_key(name), sealed)


def kept_draft(questions: Questions, name: str) -> str:
    """What ``OpenBox.hide`` made of the drafts of a box."""
    return questions.setting(f"{_key(name)}/draft") or ""


def keep_draft(uow: UnitOfWork, name: str, hidden: str) -> None:
    """Put drafts beside the box. They stand there from the box's first day, empty: that there are any is not seen."""
    uow.set_setting(f"{_key(name)}/draft", hidden)


def _key(name: str) -> str:
    return f"box/{name}"
