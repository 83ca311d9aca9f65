"""An assessment as tables: notes, tags, people, activities, visits, cases and every other kind of record.

Kinds with a table of their own here are those that people work with in spreadsheets; any other kind of record, also
one that is added later, gets the columns of its fields, so that nothing is left out because somebody forgot it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from fieldkit.app.rows import RecordRow
from fieldkit.app.takeout.mark_words import rating_words
from fieldkit.app.takeout.material import LeftOut, Material
from fieldkit.domain.asked import QuestionSet
from fieldkit.domain.consent import Consent
from fieldkit.domain.disclosure import Pointer
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import PROVISIONAL, Judgement, Moderation
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.domain.secondary import secondary_in
from fieldkit.domain.sources import standing_consent
from fieldkit.exchange.typed_tables import Cell, Column, TypedTable, dictionary_of
from fieldkit.kernel.clock import from_stamp

UNTOLD = frozenset({Consent.KIND, Pointer.KIND, "restriction", "guide", QuestionSet.KIND})
"""Consents are told by the activities they are for, questions by the notes under them; pointers and restrictions say
what is kept from others."""
_SCORES = frozenset({"judgement", "moderation", "override", "finding"})
_TITLES = {
    "case": "Cases", "touchpoint": "Events of cases", "escalation": "Escalations",
    "escalation_contact": "Escalation contacts", "request": "Requests", "judgement": "Scores",
    "moderation": "Moderations", "override": "Overrides", "attachment": "Files", "finding": "Findings",
}  # fmt: skip


def tables_of(material: Material, made_at: datetime, app: str) -> list[TypedTable]:
    """The tables in the order in which people look for them, the data dictionary last. Rows are made while written."""
    fresh = replace(material, left_out=LeftOut())
    found = [_notes(fresh), _tags(replace(material, left_out=LeftOut()))]
    found += [_secondary(replace(material, left_out=LeftOut())), _people(material), _activities(material)]
    found += [_visits(material), *(table for _, table in record_tables(material))]
    found = [_about(material, made_at, app), *found]
    return [*found, dictionary_of(found)]


def _columns(**meanings: str) -> tuple[Column, ...]:
    return tuple(Column(name=name.replace("_", " ").capitalize(), meaning=said) for name, said in meanings.items())


def _about(material: Material, made_at: datetime, app: str) -> TypedTable:
    subject = material.assessment
    rows: list[tuple[Cell, Cell]] = [
        ("Assessment", subject.name), ("Made at (UTC)", made_at.astimezone(UTC)), ("Made by", app),
        ("Practice", "yes: never evidence" if subject.is_practice else "no"),
        ("Scores", f"{PROVISIONAL}: nothing here is a published judgement"),
        ("Left out", "What a consent holds, what was withdrawn or restricted, and codes that may not be told"),
        *((f"Framework {one.id}", f"{one.title}, version {one.version}") for one in material.frameworks),
    ]  # fmt: skip
    return TypedTable(
        name="About", meaning="What this is and what is left out",
        columns=_columns(what="What is said", said="What it is"), rows=rows,
    )  # fmt: skip


def _notes(material: Material) -> TypedTable:
    columns = _columns(
        note="Id of the note, the same everywhere", visit="Name of the visit", activity="Title of the activity",
        day="Day it was noticed, at the place", noticed="Day and time it was noticed, at the place",
        zone="Offset of that time from UTC", under="Item of the agenda or question it stands under",
        said_by="Code or reference of who said it; never a name of the key",
        role="Their role", organisation="Their organisation", text="The words as first written",
        additions="What was added later, with the reason", exact_words="Whether the words are the speaker's own",
        follow_up="Whether it asks for a follow-up", risk="Possible risk: none, possible or today",
        own_view="Whether it is the assessor's own view", marked="Whether the moment was marked",
        written_up_later="Entered more than 15 minutes after it was noticed", tags="How many tags stand on it",
        author="Who wrote it", recorded="When it was recorded (UTC)",
    )  # fmt: skip
    return TypedTable(
        name="Notes", meaning="One row a note that stands and may be told", columns=columns, rows=_note_rows(material)
    )


def _note_rows(material: Material) -> Iterator[tuple[Cell, ...]]:
    for activity in material.activities:
        visit, under = material.visit(activity).name, material.under(activity)
        for note in material.notes(activity):
            row, entry, person = note.row, note.row.entry, note.person
            added = "\n".join(f"{one.text} (reason: {one.reason})" for one in row.addenda)
            yield (
                entry.id, visit, activity.title, note.at.date(), note.at, entry.zone,
                under.get(entry.agenda_item or "", ""), note.who,
                person.role if person else "", person.organisation if person else "", entry.text, added, entry.exact,
                entry.follow_up, entry.risk.value, entry.own_view, entry.is_mark, entry.written_up_later,
                len(row.evidence), row.author_name, row.recorded_at.astimezone(UTC),
            )  # fmt: skip


def _tags(material: Material) -> TypedTable:
    columns = _columns(
        note="Id of the note", framework="Id of the framework", place="Place of the statement in it",
        statement="Its title", category="Kind of evidence", bearing="Strength, shortfall, mixed or neutral",
        strong="Whether it was marked strong", acquisition="Held, requested or collected",
    )  # fmt: skip
    return TypedTable(
        name="Tags", meaning="One row a tag that stands on a note", columns=columns, rows=_tag_rows(material)
    )


def _tag_rows(material: Material) -> Iterator[tuple[Cell, ...]]:
    statements = {(pack.id, one.id): one for pack in material.frameworks for one in pack.statements}
    categories = {(pack.id, one.id): one.title for pack in material.frameworks for one in pack.categories}
    for activity in material.activities:
        for note in material.notes(activity):
            for item in note.row.evidence:
                statement = statements.get((item.pack, item.statement))
                yield (
                    note.row.entry.id, item.pack, statement.position if statement else "",
                    statement.title if statement else item.statement,
                    categories.get((item.pack, item.category), item.category), item.bearing.value, item.strong,
                    item.acquisition.value,
                )  # fmt: skip


def _secondary(material: Material) -> TypedTable:
    columns = _columns(
        note="Id of the note", framework="Id of the framework", set="The set it is of",
        secondary_tag="Never scored, only counted",
    )  # fmt: skip
    return TypedTable(
        name="Secondary tags", meaning="One row a secondary tag that stands on a note", columns=columns,
        rows=_secondary_rows(material),
    )  # fmt: skip


def _secondary_rows(material: Material) -> Iterator[tuple[Cell, ...]]:
    known = secondary_in(material.frameworks)
    for activity in material.activities:
        for note in material.notes(activity):
            for key in dict.fromkeys(item.key for item in note.row.secondary):
                found = known.get(key)
                titles = (found[0].title, found[1].title) if found is not None else key[1:]
                yield (note.row.entry.id, key[0], *titles)


def _people(material: Material) -> TypedTable:
    rows: list[tuple[Cell, ...]] = [
        (visit.name, one.code, one.role, one.organisation)
        for visit in material.visits
        for one in material.people.get(visit.id, {}).values()
    ]
    columns = _columns(
        visit="Name of the visit", code="Code; the key to names is kept apart", role="Role", organisation="Organisation"
    )
    return TypedTable(name="People", meaning="Codes and roles, never names", columns=columns, rows=rows)


def _activities(material: Material) -> TypedTable:
    consents: dict[str, list[Consent]] = {}
    for row in material.records.get(Consent.KIND, ()):
        consents.setdefault(row.value.about, []).append(row.value)
    rows: list[tuple[Cell, ...]] = []
    for one in material.activities:
        consent = standing_consent(consents.get(one.id, ()))
        rows.append((
            one.id, material.visit(one).name, one.on, one.starts, one.ends, one.kind.value.replace("_", " "), one.title,
            one.place, one.organisation, one.is_cancelled, consent.agreed.value.replace("_", " ") if consent else "",
            consent.attribution.value if consent else "",
                consent.quoting.value.replace("_", " ") if consent else "",
        ))  # fmt: skip
    columns = _columns(
        activity="Id", visit="Name of the visit", day="Day planned", starts="Local time", ends="Local time",
        kind="What it was", title="What it is called today", place="Place", organisation="Organisation",
        cancelled="Whether it was called off", consent="What was agreed, where somebody had to agree",
        attribution="How those who spoke may be told",
        quoting="Whether their exact words may be quoted outside the team",
    )  # fmt: skip
    return TypedTable(name="Activities", meaning="One row an activity", columns=columns, rows=rows)


def _visits(material: Material) -> TypedTable:
    columns = _columns(visit="Id", name="Name", place="Place", starts="First day", ends="Last day")
    rows = [(one.id, one.name, one.place, one.starts_on, one.ends_on) for one in material.visits]
    return TypedTable(name="Visits", meaning="One row a visit", columns=columns, rows=rows)


def record_tables(material: Material) -> Iterator[tuple[str, TypedTable]]:
    """Each kind with its table: those that people look for first, then all others of which there are any."""
    kinds = [*(kind for kind in _TITLES if kind in FIELDWORK), *(kind for kind in FIELDWORK if kind not in _TITLES)]
    for kind in kinds:
        rows = material.records.get(kind, ())
        if kind not in UNTOLD and (rows or kind in _TITLES):
            yield kind, _record_table(kind, rows, material.frameworks)


def _record_table(kind: str, rows: tuple[RecordRow, ...], frameworks: tuple[Framework, ...]) -> TypedTable:
    fields = [name for name in FIELDWORK[kind].FIELDS if name not in ("assessment", "withdrawn")]
    state = (
        [Column(name="State", meaning="Provisional: nothing here is a published judgement")] if kind in _SCORES else []
    )
    columns = (
        Column(name="Id", meaning="Id of the record, the same everywhere"), *state,
        *(Column(name=_heading(name), meaning=_meaning(name)) for name in fields),
        Column(name="Author", meaning="Who wrote the account that stands"),
        Column(name="Recorded", meaning="When that was recorded (UTC)"),
    )  # fmt: skip
    lead: tuple[Cell, ...] = (PROVISIONAL,) if kind in _SCORES else ()
    values = [
        (
            row.record, *lead, *(_field(name, row, frameworks) for name in fields), row.author_name,
            row.recorded_at.astimezone(UTC),
        )
        for row in rows
    ]  # fmt: skip
    title = _TITLES.get(kind, kind.replace("_", " ").capitalize())
    return TypedTable(name=title, meaning=f"One row a record of the kind ‘{kind}’", columns=columns, rows=values)


def _field(name: str, row: RecordRow, frameworks: tuple[Framework, ...]) -> Cell:
    """A rating by its word: the number of its step only keeps its order and is no score."""
    value = row.value
    rated = rating_words(frameworks, value) if name == "value" and isinstance(value, Judgement | Moderation) else None
    return _cell(name, row.content.get(name)) if rated is None else rated


def _heading(name: str) -> str:
    return name.removeprefix("is_").replace("_", " ").capitalize()


def _meaning(name: str) -> str:
    if name.endswith("_at"):
        return "A moment (UTC)"
    if name.endswith("_on"):
        return "A day"
    if name in ("about", "activity", "visit", "case", "derived_from"):
        return f"Id of the {name.replace('_', ' ')} it belongs to"
    return f"The record's field ‘{name}’, as docs/contracts.md tells it"


def _cell(name: str, value: object) -> Cell:
    """A field as a cell: moments and days as such, lists a line each, what is built of parts as JSON."""
    if isinstance(value, bool | int) or value is None:
        return value
    if isinstance(value, str):
        return _dated(name, value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "\n".join(value)
    if isinstance(value, Mapping) and {"earliest", "latest"} <= value.keys():
        return f"{value['earliest']} to {value['latest']}" if value["earliest"] != value["latest"] else _day(value)
    return json.dumps(value, ensure_ascii=False)


def _day(value: Mapping[str, object]) -> Cell:
    return _dated("_on", str(value["earliest"]))


def _dated(name: str, value: str) -> Cell:
    try:
        if name.endswith("_at") or name == "at":
            return from_stamp(value).astimezone(UTC)
        if name.endswith("_on"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    return value
