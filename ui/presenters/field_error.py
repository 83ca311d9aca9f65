"""A mistake in a form: which field it is at, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """What is wrong at a field, in the words shown beside it and in the summary."""

    field: str
    text: str
