"""Sentences about scores that a framework cannot take."""

from __future__ import annotations

from typing import Final

WORDING: Final[dict[str, str]] = {
    "score.unknown": "There is no ‘{subject}’ to score in this framework pack. Select a quality statement",
    "score.wrong_level": "This framework pack takes scores by {level}, so ‘{subject}’ cannot be scored here",
    "score.off_scale": "A score must be from {lowest} to {highest}, not {value}",
    "score.both": "Select a score or ‘Too little evidence’, not both",
    "score.not_used": "‘{category}’ is never used for ‘{subject}’ in this framework pack. Select another category",
    "score.no_limiter": "There is no rule ‘{limiter}’ in this framework pack. Select one of its rules",
    "score.twice": "‘{subject}’ has two scores. Keep one",
}
