"""From the tags of a line to evidence items: which category each one gets where none was typed on it."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.capture.captured import Captured, CapturedTag, Hint, HintKind
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.framework import Category, Framework


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """The evidence items of a line, and the tags whose pack gives no category for this kind of activity.

    Those are not filed under a guess: the person is asked for the category (``hints``).
    """

    items: tuple[EvidenceItem, ...]
    unsettled: tuple[CapturedTag, ...] = ()

    @property
    def hints(self) -> tuple[Hint, ...]:
        """One hint for each tag that still needs a category."""
        return tuple(Hint(kind=HintKind.CATEGORY_NEEDED, word=f"#{tag.code}", span=tag.span) for tag in self.unsettled)


def evidence_of(
    captured: Captured, vocabulary: Vocabulary, *, activity: str | None, speaker: str | None = None
) -> Filed:
    """File every tag: by its own category, else by the note's, else by the pack's default.

    ``activity`` and ``speaker`` are the kinds the pack's defaults are kept by (``observation``). Each item has a
    new id.
    """
    items, unsettled = [], []
    for tag in captured.tags:
        category = category_of(tag, captured, vocabulary, activity=activity, speaker=speaker)
        if category is None:
            unsettled.append(tag)
        else:
            items.append(EvidenceItem.new(tag.pack, tag.statement, category.id, tag.bearing, tag.strong))
    return Filed(items=tuple(items), unsettled=tuple(unsettled))


def category_of(
    tag: CapturedTag, captured: Captured, vocabulary: Vocabulary, *, activity: str | None, speaker: str | None = None
) -> Category | None:
    """The category a tag is filed under, also for showing it (dimmed) while the line is typed."""
    framework = _framework(vocabulary, tag.pack)
    if tag.category is not None:
        return framework.category_by(tag.category)
    noted = framework.category_by(captured.category.code) if captured.category is not None else None
    return noted or framework.default_category(activity=activity, speaker=speaker)


def _framework(vocabulary: Vocabulary, pack: str) -> Framework:
    return next(framework for framework in vocabulary.frameworks if framework.id == pack)
