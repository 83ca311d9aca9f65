"""From a line as read to the note that is recorded: each tag gets its evidence category.

Used by the live log, by ``fieldkit note add`` and by the sample, so that a line means the same in all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fieldkit.app.entries import NewEntry
from fieldkit.capture.captured import Captured, CapturedTag
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.domain.evidence import Bearing, EvidenceItem
from fieldkit.domain.framework import Category, Framework, Need, SpeakerKind
from fieldkit.domain.questions import Target
from fieldkit.kernel.ids import RecordId

ON_PAPER = "Written on paper"
"""The origin of a note that was written by hand and typed up later."""

Pin = tuple[str, str]
"""A pinned tag: pack id and statement id, added to every new note until it is cleared."""


def note_from(
    captured: Captured,
    activity: Activity,
    frameworks: Sequence[Framework],
    *,
    noticed_at: datetime | None = None,
    agenda_item: str | None = None,
    pins: Sequence[Pin] = (),
    targets: Sequence[Target] = (),
    band: SpeakerKind | None = None,
    origin: str = "",
) -> NewEntry:
    """The note a line stands for. ``frameworks`` are the assessment's, the main one first.

    ``targets`` are what the question that is answered is about; ``band`` is on whose behalf they speak, if known.
    ``origin`` tells where the words came from when they were not typed here.
    """
    main = frameworks[0]
    category = main.category_by(captured.category.code) if captured.category else None
    category = category or default_of(main, activity, band)
    return NewEntry(
        text=captured.text, noticed_at=noticed_at, agenda_item=agenda_item, speaker=captured.speaker,
        exact=captured.exact, follow_up=captured.follow_up, risk=captured.risk, own_view=captured.own_view,
        category=category.id if category else None, about=RecordId(captured.case.record) if captured.case else None,
        evidence=evidence_from(captured, activity, frameworks, pins, targets, band),
        origin=origin,
    )  # fmt: skip


def joined_origin(*parts: str) -> str:
    """``Written on paper. Typed, with words pasted from Word``: each once, in this order."""
    return ". ".join(dict.fromkeys(part for part in parts if part))


def evidence_from(
    captured: Captured, activity: Activity, frameworks: Sequence[Framework], pins: Sequence[Pin] = (),
    targets: Sequence[Target] = (), band: SpeakerKind | None = None,
) -> tuple[EvidenceItem, ...]:  # fmt: skip
    """The tags of a line, and the pinned and the question's own ones that it does not name itself.

    The category is the one on the tag, else that of the whole note, else the pack's default for who speaks in the
    activity, else the first the pack uses for that statement: a tag without any could not be counted.
    """
    packs = {framework.id: framework for framework in frameworks}
    said = captured.category.code if captured.category else None
    items = [_item(packs[tag.pack], tag, activity, said, band) for tag in captured.tags if tag.pack in packs]
    named = {(item.pack, item.statement) for item in items}
    wanted = [(pack, statement, None) for pack, statement in pins]
    for pack, statement, own in (*wanted, *((one.pack, one.statement, one.category or None) for one in targets)):
        if (pack, statement) in named or pack not in packs or packs[pack].statement_by(statement) is None:
            continue
        named.add((pack, statement))
        category = _category(packs[pack], statement, None if said else own, said, activity, band)
        items.append(EvidenceItem.new(pack, statement, category.id))
    return tuple(items)


def default_of(framework: Framework, activity: Activity, band: SpeakerKind | None = None) -> Category | None:
    """The category of a note that names none; a focus group is to a pack what an interview is."""
    kind = ActivityKind.INTERVIEW if activity.kind is ActivityKind.FOCUS_GROUP else activity.kind
    return framework.default_category(activity=kind.value, speaker=band.value if band else None)


def _item(
    framework: Framework, tag: CapturedTag, activity: Activity, said: str | None, band: SpeakerKind | None
) -> EvidenceItem:
    category = _category(framework, tag.statement, tag.category, said, activity, band)
    bearing: Bearing = tag.bearing
    return EvidenceItem.new(framework.id, tag.statement, category.id, bearing, tag.strong)


def _category(
    framework: Framework, statement: str, on_tag: str | None, said: str | None, activity: Activity,
    band: SpeakerKind | None,
) -> Category:  # fmt: skip
    for name in (on_tag, said):
        named = framework.category_by(name) if name else None
        if named is not None and framework.need(statement, named.id) is not Need.NOT_USED:
            return named
    default = default_of(framework, activity, band)
    if default is not None and framework.need(statement, default.id) is not Need.NOT_USED:
        return default
    used = (one for one in framework.categories if framework.need(statement, one.id) is not Need.NOT_USED)
    return next(used, framework.categories[0])
