"""Secondary tags: what a note says beside its statement and category. Never scored, never required, only counted.

A pack has them in sets: the four purposes of a system, the six principles, its catalogue of insight sources, and
whether something is self-report or independent (facts, sections 1 and 6). A note carries any number of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fieldkit.domain.framework import Framework, InsightSource, Tag, TagSet
from fieldkit.kernel.ids import SecondaryId, new_id

SOURCES_SET = "insight-sources"
"""The catalogue of insight sources as a set of its own."""
ASSURANCE_SET = "assurance"
SOURCES_TITLE, ASSURANCE_TITLE = "Insight source", "Assurance"
_ASSURANCE = TagSet(
    id=ASSURANCE_SET,
    title=ASSURANCE_TITLE,
    tags=(
        Tag(
            id="self-report", title="Self-report",
            descriptor="What an organisation says about itself. It needs evidence from somewhere else.",
        ),
        Tag(
            id="independent", title="Independent",
            descriptor="Seen, measured or said by somebody who does not answer for it.",
        ),
    ),
)  # fmt: skip
"""Of every pack whose ``words.yaml`` has no set of this id itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondaryTag:
    """One secondary tag on one note: ``tag`` of the set ``tag_set`` of ``pack``.

    Each has its own id, so that the same one put on by two laptops and taken off on one of them stays (an
    observed-remove set, as ``fieldkit.domain.evidence.EvidenceItem``).
    """

    id: SecondaryId
    pack: str
    tag_set: str
    tag: str

    @classmethod
    def new(cls, pack: str, tag_set: str, tag: str) -> SecondaryTag:
        """A new one with a new id."""
        return cls(id=SecondaryId(new_id()), pack=pack, tag_set=tag_set, tag=tag)

    @property
    def key(self) -> tuple[str, str, str]:
        """What it says, without whose it is."""
        return self.pack, self.tag_set, self.tag

    def to_content(self) -> dict[str, Any]:
        """Its place in a filing's content."""
        return {"id": self.id, "pack": self.pack, "set": self.tag_set, "tag": self.tag}

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> SecondaryTag:
        """Read it back. Raises ``ValueError`` or ``KeyError`` for what is none."""
        values = {name: raw[name] for name in ("id", "pack", "set", "tag")}
        if not all(isinstance(value, str) and value for value in values.values()):
            raise ValueError("not a secondary tag")
        return cls(id=SecondaryId(values["id"]), pack=values["pack"], tag_set=values["set"], tag=values["tag"])


def secondary_sets(framework: Framework) -> tuple[TagSet, ...]:
    """Every set of a pack: its own, its catalogue of insight sources, and how far something is assured."""
    found = list(framework.tag_sets)
    if framework.insight_sources:
        tags = tuple(map(_source, framework.insight_sources))
        found.append(TagSet(id=SOURCES_SET, title=SOURCES_TITLE, tags=tags))
    if all(one.id != ASSURANCE_SET for one in found):
        found.append(_ASSURANCE)
    return tuple(found)


def secondary_in(frameworks: Iterable[Framework]) -> dict[tuple[str, str, str], tuple[TagSet, Tag]]:
    """Every secondary tag of these packs by ``SecondaryTag.key``, in their order."""
    return {
        (pack.id, one.id, tag.id): (one, tag) for pack in frameworks for one in secondary_sets(pack) for tag in one.tags
    }


def by_set(standing: Iterable[SecondaryTag], frameworks: Iterable[Framework]) -> dict[str, list[str]]:
    """Titles of what stands on a note by the title of the set, in the packs' order, each once.

    One of a pack or a version that is not here keeps its ids, so that nothing disappears.
    """
    keys = {one.key for one in standing}
    known = secondary_in(frameworks) if keys else {}  # most notes have none, and every row that is shown asks
    found: dict[str, list[str]] = {}
    for title, tag in (
        *((known[key][0].title, known[key][1].title) for key in known if key in keys),
        *((tag_set, tag) for _, tag_set, tag in sorted(keys - known.keys())),
    ):
        if tag not in found.setdefault(title, []):
            found[title].append(tag)
    return found


def _source(source: InsightSource) -> Tag:
    kind = f"{source.origin.capitalize()}, {source.nature}."
    return Tag(id=source.id, title=source.title, descriptor=f"{kind} {source.descriptor}".strip())
