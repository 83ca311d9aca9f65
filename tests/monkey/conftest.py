"""The look of the screens' tests, set back after each."""

from __future__ import annotations

from tests.gui.conftest import look

__all__ = ["look"]
