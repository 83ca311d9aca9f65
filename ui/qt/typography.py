"""Fonts and text size: the only place that sets a font, because a font in a style sheet ignores text size."""

from __future__ import annotations


def load_fonts() -> None:
    """Register the fonts of ``resources/fonts`` with the application."""
