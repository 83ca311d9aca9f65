"""A judgement's mark as it is given out: a score by its number, a rating by its word and never by its step."""

from __future__ import annotations

from collections.abc import Iterable

from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Judgement, Moderation
from fieldkit.domain.working import in_words


def rating_words(frameworks: Iterable[Framework], value: Judgement | Moderation) -> str | None:
    """The rating; none where its framework gives scores, or is not at hand."""
    found = next((one for one in frameworks if one.id == value.judged.pack), None)
    return in_words(found, value.mark) if found is not None and not found.method.has_scores else None


def mark_words(frameworks: Iterable[Framework], value: Judgement | Moderation, none: str) -> str:
    """``Score: 2``; ``Rating: Good``; ``none`` stands for what is not scored yet."""
    rated = rating_words(frameworks, value)
    if rated is not None:
        return f"Rating: {rated}"
    if value.insufficient:
        return "Score: too little evidence"
    return f"Score: {none if value.value is None else value.value}"
