"""Sentences about scores that a framework cannot take."""

from __future__ import annotations

from typing import Final

WORDING: Final[dict[str, str]] = {
    "score.unknown": "There is no ‘{subject}’ to score in this framework pack. Select a statement",
    "score.wrong_level": "This framework pack takes scores by {level}, so ‘{subject}’ cannot be scored here",
    "score.off_scale": "A score must be from {lowest} to {highest}, not {value}",
    "score.both": "Select a score or ‘Too little evidence’, not both",
    "score.not_used": "‘{category}’ is never used for ‘{subject}’ in this framework pack. Select another category",
    "score.no_limiter": "There is no rule ‘{limiter}’ in this framework pack. Select one of its rules",
    "score.no_text": "Enter the judgement in words. It comes first",
    "score.no_evidence": "Add at least one piece of evidence you relied on, or say that there is too little evidence",
    "score.both_ways": "A note stands for and against at once. Keep it in one of the two",
    "score.unknown_note": "One of the notes is not in this assessment. Select notes of this assessment",
    "score.withdrawn_note": "One of the notes counts no more: it was withdrawn, or its consent was. Select another",
    "score.too_long": "This is longer than {longest} characters. Shorten it",
    "score.nothing_to_moderate": "Nobody has given a score or rating yet. It is settled once an assessor gave one",
    "score.no_reason": "Enter why the team settled on this score",
    "score.choose": "Select a score, ‘Too little evidence’ or ‘Not scored yet’",
    "score.choose_rating": "Select a rating, ‘Too little evidence’ or ‘Not rated yet’",
    "score.words_only": "This framework pack gives no scores. Select a rating by its characteristics, or use words",
    "score.by_number": "This framework pack takes scores by their number. Give one with --score",
    "score.no_step": "‘{rating}’ is no rating of this framework pack. Its ratings are {known}",
    "score.choose_band": "Select a rating",
    "score.no_score": "Select a score, or ‘Too little evidence’",
    "score.no_rating": "Select a rating, or ‘Too little evidence’",
    "score.no_rating_reason": "Enter why the team settled on this rating",
    "score.no_rationale": "Enter why the rating departs from what the scores add up to",
    "score.no_approver": "Enter who approved it",
    "score.no_figure": "This framework pack has no such figure. Select the overall rating or a theme that has one",
    "score.no_band": "This framework pack has no such rating. Select one of its ratings",
    "score.same_band": "The scores give this rating already, so nothing departs from them",
    "score.no_override": "There is no override to take back. Nothing was changed",
    "score.blind_by_pack": "The pack {pack} hides others’ scores until your own is saved. Save yours to see them",
    "score.what_if": "‘{given}’ is not a statement and a score. Write it like Q2=3",
    "score.nothing_follows": "This framework pack adds nothing up, so nothing would follow of another rating",
    "score.twice": "‘{subject}’ has two scores. Keep one",
}
