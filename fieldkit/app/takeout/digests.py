"""What one vault holds of an assessment in two numbers, so that two vaults can be held against each other.

``log`` covers every envelope, and through the digest in each of them every word that was ever signed; ``contents``
covers which of those words are here. An export that was taken in elsewhere gives the same two, unless a consent held
something back: then the envelopes are the same and some contents are not there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
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
    return [digest_of(questions, one.id, one.name) for one in subjects]


def digest_of(questions: Questions, assessment: AssessmentId, name: str) -> LogDigest:
    """Of one assessment."""
    every = [(one.hash, one.content is not None) for one in questions.revisions(assessment)]
    return digest_over(
        assessment, name, {fingerprint for fingerprint, _ in every}, {one for one, has_content in every if has_content}
    )


def digest_over(assessment: AssessmentId, name: str, every: Collection[str], here: Collection[str]) -> LogDigest:
    """Of the hashes of all revisions, and of those whose words are here."""
    return LogDigest(
        assessment=assessment, name=name, revisions=len(every), contents=len(here),
        log=_over(sorted(every)), words=_over(sorted(here)),
    )  # fmt: skip


def _over(hashes: Iterable[str]) -> str:
    found = hashlib.sha256()
    for one in hashes:
        found.update(f"{one}\n".encode("ascii"))
    return found.hexdigest()
