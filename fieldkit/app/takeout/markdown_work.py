"""What the team made of the evidence, as Markdown: scores with all that was settled, findings, the report's own words.

Whatever else was recorded stands on a page of its kind with the fields of its records, as in the tables, so that no
kind is left out because somebody forgot it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from fieldkit.app.rows import RecordRow
from fieldkit.app.sections import Place
from fieldkit.app.takeout.mark_words import mark_words
from fieldkit.app.takeout.markdown_text import counted, fact_lines, indented, md
from fieldkit.app.takeout.material import LeftOut, Material
from fieldkit.app.takeout.tables import record_tables
from fieldkit.domain.asked import QuestionSet
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.case import Case
from fieldkit.domain.escalation import Escalation
from fieldkit.domain.evidence import Bearing
from fieldkit.domain.finding import Finding
from fieldkit.domain.finding_words import STRENGTHS
from fieldkit.domain.judgement import PROVISIONAL, Judgement, Moderation, Override
from fieldkit.domain.request import InformationRequest
from fieldkit.domain.section import Section
from fieldkit.domain.touchpoint import Touchpoint
from fieldkit.domain.triangulation import Side

_WITH_PAGES = frozenset({
    Attachment.KIND, Case.KIND, Touchpoint.KIND, Escalation.KIND, InformationRequest.KIND, Judgement.KIND,
    Moderation.KIND, Override.KIND, Finding.KIND, Section.KIND, QuestionSet.KIND,
})  # fmt: skip
"""Told elsewhere: files by the index, questions above their answers."""
Titled = tuple[str, str, str]
"""A page's name without its ending, its title, and its text."""


def work_pages(material: Material) -> Iterator[Titled]:
    """Each page of which there is anything."""
    noun = "Scores" if any(one.method.has_scores for one in material.frameworks) else "Ratings"
    for name, title, parts in (
        (noun.lower(), f"{noun}, {PROVISIONAL.lower()}", [*_overrides(material), *_scores(material)]),
        ("findings", f"Findings, {PROVISIONAL.lower()}", _findings(material)),
        ("report", f"Draft report, {PROVISIONAL.lower()}", _sections(material)),
    ):
        if parts:
            yield name, title, f"# {title}\n\n" + "\n".join(parts)
    yield from _rest(material)


def _titles(material: Material) -> dict[tuple[str, str], str]:
    found = {(pack.id, one.id): one.title for pack in material.frameworks for one in pack.themes}
    found |= {
        (pack.id, one.id): f"{one.position} {one.title}" for pack in material.frameworks for one in pack.statements
    }
    return found


def _rows(material: Material, kind: type) -> Sequence[RecordRow]:
    return material.records.get(kind.KIND, ())  # type: ignore[attr-defined]


def _scores(material: Material) -> list[str]:
    """Statement by statement: each assessor's judgement, then what was settled, before and after."""
    titles = _titles(material)
    judged: dict[tuple[str, str, str | None], list[str]] = {}
    for kind in (Judgement, Moderation):
        for row in _rows(material, kind):
            about = row.value.judged
            judged.setdefault((about.pack, about.subject, about.category), []).append(_mark(material, row))
    places = {key: number for number, key in enumerate(titles)}
    found = []
    for (pack, subject, category), said in sorted(
        judged.items(), key=lambda one: (places.get(one[0][:2], len(places)), one[0][2] or "")
    ):
        title = titles.get((pack, subject), subject) + (f", {_category(material, pack, category)}" if category else "")
        found.append(f"## {md(title)}\n\n" + "\n".join(said))
    return found


def _mark(material: Material, row: RecordRow) -> str:
    value = row.value
    mark = mark_words(material.frameworks, value, "none yet")
    if isinstance(value, Moderation):
        before = fact_lines([("Before", "; ".join(value.before)), ("Why", value.reason)])
        return f"**Settled.** {mark}, by {md(row.author_name)}.\n\n{md(value.text)}\n\n" + "\n".join([*before, ""])
    more = fact_lines([
        ("Relies on", counted(len(value.relied_on), "note") if value.relied_on else ""),
        ("Against it", counted(len(value.against), "note") if value.against else ""),
        ("Confidence", value.confidence.value if value.confidence else ""),
        ("Carried forward from", value.carried_from.isoformat() if value.carried_from else ""),
    ])  # fmt: skip
    said = f"{PROVISIONAL}. {mark}, by {md(row.author_name)}.\n\n{md(value.text)}\n"
    return said + "\n".join(["", *more, ""] if more else [])


def _overrides(material: Material) -> list[str]:
    titles, found = _titles(material), []
    for row in _rows(material, Override):
        value: Override = row.value
        if value.band is None:
            continue
        pack = next((one for one in material.frameworks if one.id == value.pack), None)
        band = pack.method.band(value.band) if pack is not None else None
        title = titles.get((value.pack, value.figure), value.figure) or "Overall"
        told = fact_lines([
            ("Decided", band.label if band is not None else value.band), ("Worked out", value.worked_out),
            ("Why", value.rationale), ("Approved by", value.approver), ("Written by", row.author_name),
        ])  # fmt: skip
        found.append(f"## {md(title)}: another rating than the scores give\n\n" + "\n".join(told) + "\n")
    return found


def _findings(material: Material) -> list[str]:
    titles, found = _titles(material), []
    texts = _cited(replace(material, left_out=LeftOut()))  # what is left out is counted once
    for row in _rows(material, Finding):
        value: Finding = row.value
        told = fact_lines([
            ("Statement", titles.get((value.pack, value.statement), value.statement)),
            ("Bearing", "" if value.bearing is Bearing.NEUTRAL else value.bearing.value),
            ("Strength", STRENGTHS[value.strength] if value.strength else ""), ("Why that strength", value.why),
            ("Sentence for the report", value.sentence), ("Out of use", value.drop_reason if value.is_dropped else ""),
            ("Written by", row.author_name),
        ])  # fmt: skip
        quotes = [
            f"- {'Against: ' if one.side is Side.CONTRADICTS else ''}{indented(md(texts[one.note][one.start:one.end]))}"
            for one in value.evidence if one.note in texts
        ]  # fmt: skip
        evidence = ["", "Evidence:", "", *quotes] if quotes else []
        found.append("\n".join([f"## {md(f'{value.reference} {value.claim}')}", "", *told, *evidence, ""]))
    return found


def _cited(material: Material) -> dict[str, str]:
    """The words of every note that a finding cites and that may be told."""
    wanted = {one.note for row in _rows(material, Finding) for one in row.value.evidence}
    if not wanted:
        return {}
    return {
        note.row.entry.id: note.row.entry.text
        for activity in material.activities for note in material.notes(activity) if note.row.entry.id in wanted
    }  # fmt: skip


def _sections(material: Material) -> list[str]:
    titles = _titles(material)
    found = []
    for row in _rows(material, Section):
        place = Place(
            part=row.value.part, subject=row.value.subject, title=titles.get((row.value.pack, row.value.subject), "")
        )
        if row.value.text.strip():
            found.append(f"## {md(place.words)}\n\n{md(row.value.text)}\n")
    return found


def _rest(material: Material) -> Iterator[Titled]:
    names = _names(material)
    for kind, table in record_tables(material):
        if kind in _WITH_PAGES:
            continue
        columns = [one.name for one in table.columns[1:]]
        parts = [
            _record(f"{row.value.title}", zip(columns, cells[1:], strict=True), names)
            for row, cells in zip(material.records.get(kind, ()), table.rows, strict=True)
        ]
        if parts:
            yield f"records/{kind.replace('_', '-')}", table.name, f"# {md(table.name)}\n\n" + "\n".join(parts)


def _names(material: Material) -> dict[str, str]:
    """What a reader calls a visit, an activity or a record, by the id that other records have of it."""
    found: dict[str, str] = {one.id: one.name for one in material.visits}
    found |= {one.id: one.title for one in material.activities}
    return found | {row.record: row.value.title for rows in material.records.values() for row in rows}


def _record(title: str, cells: Iterable[tuple[str, object]], names: Mapping[str, str]) -> str:
    told = fact_lines((name, _words(value, names)) for name, value in cells)
    return "\n".join([f"## {md(title)}", "", *told, ""])


def _words(value: object, names: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    if value is None:
        return ""
    return "\n".join(names.get(line, line) for line in _lines(str(value)))


def _lines(text: str) -> list[str]:
    """A line for each; what tables hold as JSON, a list of parts, gets a line a part."""
    if not text.startswith("[{"):
        return text.split("\n")
    return [
        ", ".join(
            f"{name.replace('_', ' ')} {said}" for name, said in one.items() if said and not isinstance(said, list)
        )
        for one in json.loads(text)
    ]


def _category(material: Material, pack: str, category: str) -> str:
    return next(
        (one.title for each in material.frameworks if each.id == pack for one in each.categories if one.id == category),
        category,
    )
