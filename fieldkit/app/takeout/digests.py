"""What one vault holds of an assessment in two numbers, so that two vaults can be held against each other.

``log`` covers every envelope, and through the digest in each of them every word that was ever signed; ``contents``
covers which of those words are here. An export that was taken in elsewhere gives the same two, unless a consent held
something back: then the envelopes are the same and some contents are not there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from fieldkit.app.ports import Questions
from fieldkit.kernel.ids import AssessmentId


@dataclass(frozen=True, slots=True, kw_only=True)
class LogDigest:
    """SHA-256 (hex) over the sorted hashes, one a line; ``contents`` over those whose words are here."""

    assessment: AssessmentId
    name: str
    revisions: int
    contents: int
    log: str
    words: str


def log_digests(questions: Questions) -> list[LogDigest]:
    """One for each assessment, by name; the order of arrival, which differs from vault to vault, does not count."""
    subjects = sorted((row.assessment for row in questions.assessments()), key=lambda one: (one.name, one.id))
    return [_digest(questions, one.id, one.name) for one in subjects]


def _digest(questions: Questions, assessment: AssessmentId, name: str) -> LogDigest:
    every = sorted((one.hash, one.content is not None) for one in questions.revisions(assessment))
    here = [fingerprint for fingerprint, has_content in every if has_content]
    return LogDigest(
        assessment=assessment, name=name, revisions=len(every), contents=len(here),
        log=_over(fingerprint for fingerprint, _ in every), words=_over(here),
    )  # fmt: skip


def _over(hashes: Iterable[str]) -> str:
    found = hashlib.sha256()
    for one in hashes:
        found.update(f"{one}\n".encode("ascii"))
    return found.hexdigest()
