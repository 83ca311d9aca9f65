"""An assessment as a project of REFI-QDA, and what of it the standard cannot hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import chain
from types import MappingProxyType

from fieldkit.app.rows import RecordRow
from fieldkit.app.takeout.mark_words import mark_words
from fieldkit.app.takeout.material import LeftOut, Material, ToldNote
from fieldkit.app.takeout.refi_codes import Codes, codes_of, guid, statement_guid
from fieldkit.app.takeout.refi_media import Pieces, kind_of, media_of
from fieldkit.app.takeout.refi_texts import Texts
from fieldkit.domain.assessment import Activity
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.case import Case as CaseRecord
from fieldkit.domain.consent import Consent
from fieldkit.domain.finding import Finding
from fieldkit.domain.judgement import PROVISIONAL, Judgement
from fieldkit.domain.pathway import pathway
from fieldkit.domain.sources import standing_consent
from fieldkit.domain.touchpoint import Touchpoint
from fieldkit.domain.triangulation import Side
from fieldkit.exchange.refi.model import (
    Case,
    Link,
    Project,
    Set,
    TextSource,
    User,
    Value,
    Variable,
    VariableValue,
)
from fieldkit.exchange.refi.plain_text import one_line, plain

_SOURCE_FACTS = {
    "Visit": "Text", "Place": "Text", "Kind": "Text", "Day": "Date", "Organisation": "Text", "Consent": "Text",
    "Attribution": "Text",
}  # fmt: skip
_NO_FILES: Mapping[str, Pieces] = MappingProxyType({})
_CASE_FACTS = {
    "Case: need": "Text", "Case: setting": "Text", "Case: place": "Text", "Case: age band": "Text",
    "Case: ethnicity": "Text", "Case: carer": "Text", "Case: sampling": "Text", "Case: organisations": "Text",
    "Case: events": "Integer", "Case: longest wait in days": "Integer",
}  # fmt: skip
"""Names of their own: a variable that sources and cases share becomes one of cases in the most used reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefiChoice:
    """``exact``: emoji as they are. ``compat``: a code beside each case with its GUID, for readers that lose cases."""

    exact: bool = False
    compat: bool = False


@dataclass(slots=True, kw_only=True)
class _Index:
    """What has to be known before the first text is written."""

    notes: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    cases: dict[str, list[str]] = field(default_factory=dict)
    filed: dict[str, ToldNote] = field(default_factory=dict)
    """Notes that a file belongs to."""
    strong: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RefiExport:
    """``project`` to be written, and ``losses``: sentences about what it does not hold."""

    project: Project
    losses: tuple[str, ...]
    notes: int


def refi_project(
    material: Material, choice: RefiChoice, *, at: datetime, app: str, files: Mapping[str, Pieces] = _NO_FILES
) -> RefiExport:
    """The project; its texts are made while it is written. ``files`` are those that go along, by their attachment.

    Raises nothing of its own.
    """
    index = _index(material)
    losses = _losses(material, index)
    shown = [row for row in material.records.get(Attachment.KIND, ()) if row.record in files]
    codes = codes_of(material, exact=choice.exact, compat=choice.compat)
    by_note = {note: case for case, notes in index.cases.items() for note in notes} if choice.compat else {}
    reading = replace(material, left_out=LeftOut())
    texts = Texts(material=reading, codes=codes, exact=choice.exact, case_codes=by_note)
    authors = {one.author for one in material.team}
    me = material.questions.info().author
    project = Project(
        name=one_line(material.assessment.name, 200, exact=choice.exact), origin=app, at=at,
        user=me if me in authors else "",
        description=_description(material, losses), users=_users(material, choice), codes=codes.tree,
        variables=_variables(), cases=tuple(_cases(material, index, choice, shown)),
        sources=chain(_sources(texts, index), media_of(texts, shown, files, index.filed)),
        notes=(*_judgements(material, choice), *_findings(material, choice)),
        links=(*_links(material, index), *_shows(shown, index)),
        sets=tuple(_sets(material, index, choice, codes)),
    )  # fmt: skip
    return RefiExport(project=project, losses=losses, notes=len(index.notes))


def refi_losses(material: Material) -> tuple[str, ...]:
    """What a project cannot hold of it; read before anything is written."""
    return _losses(material, _index(material))


def _index(material: Material) -> _Index:
    found = _Index()
    cases: dict[str, str] = {row.record: row.record for row in material.records.get(CaseRecord.KIND, ())}
    cases |= {str(row.record): row.value.case for row in material.records.get(Touchpoint.KIND, ())}
    with_file = {str(row.value.about) for row in material.records.get(Attachment.KIND, ())}
    used = Counter[str]()
    for activity in material.activities:
        count = 0
        for note in material.notes(activity):
            entry = note.row.entry
            if entry.id in with_file:
                found.filed[entry.id] = note
            found.notes.add(entry.id)
            found.strong += sum(item.strong for item in note.row.evidence)
            if case := cases.get(entry.about or ""):
                found.cases.setdefault(case, []).append(entry.id)
            count += 1
        if count:
            day = f"{activity.on.isoformat()} " if activity.on else ""
            found.names[activity.id] = _apart(f"{day}{activity.title}", used)
    for row in material.records.get(CaseRecord.KIND, ()):
        if _events(material, row.record):
            found.names[guid("timeline", row.record)] = _apart(f"Case {row.value.code}, events", used)
    return found


def _apart(name: str, used: Counter[str]) -> str:
    said = one_line(name, 120)
    used[said.casefold()] += 1
    nth = used[said.casefold()]
    return said if nth == 1 else f"{said} ({nth})"


def _users(material: Material, choice: RefiChoice) -> tuple[User, ...]:
    """The team, as each of them introduced themself in this assessment."""
    once = {one.author: one for one in material.team}
    return tuple(
        User(guid=one.author, name=one_line(one.name, 120, exact=choice.exact), id=one_line(one.initials, 20))
        for one in once.values()
    )  # fmt: skip


def _variables() -> tuple[Variable, ...]:
    every = {**_SOURCE_FACTS, **_CASE_FACTS}
    return tuple(Variable(guid=guid("variable", name), name=name, kind=kind) for name, kind in every.items())


def _values(facts: dict[str, Value | None]) -> tuple[VariableValue, ...]:
    return tuple(
        VariableValue(variable=guid("variable", name), value=plain(value) if isinstance(value, str) else value)
        for name, value in facts.items() if value is not None and value != ""
    )  # fmt: skip


def _sources(texts: Texts, index: _Index) -> Iterator[TextSource]:
    material = texts.material
    consents: dict[str, list[Consent]] = {}
    for row in material.records.get(Consent.KIND, ()):
        consents.setdefault(row.value.about, []).append(row.value)
    for activity in material.activities:
        if activity.id in index.names:
            facts = _activity_facts(material, activity, standing_consent(consents.get(activity.id, ())))
            yield texts.activity(activity, index.names[activity.id], _values(facts))
    for row in material.records.get(CaseRecord.KIND, ()):
        name = index.names.get(guid("timeline", row.record))
        if name is not None:
            yield texts.timeline(row.value, name, _events(material, row.record), _values({"Kind": "case events"}))


def _activity_facts(material: Material, activity: Activity, consent: Consent | None) -> dict[str, Value | None]:
    visit = material.visit(activity)
    return {
        "Visit": visit.name, "Place": activity.place or visit.place, "Kind": activity.kind.value.replace("_", " "),
        "Day": activity.on, "Organisation": activity.organisation,
        "Consent": consent.agreed.value.replace("_", " ") if consent else None,
        "Attribution": consent.attribution.value.replace("_", " ") if consent else None,
    }  # fmt: skip


def _events(material: Material, case: str) -> tuple[Touchpoint, ...]:
    return tuple(row.value for row in material.records.get(Touchpoint.KIND, ()) if row.value.case == case)


def _cases(material: Material, index: _Index, choice: RefiChoice, shown: Sequence[RecordRow]) -> Iterator[Case]:
    for row in material.records.get(CaseRecord.KIND, ()):
        case: CaseRecord = row.value
        events = _events(material, case.id)
        way = pathway(events, max((one.when.latest for one in events), default=date.min))
        facts: dict[str, Value | None] = {
            "Case: need": case.need, "Case: setting": case.setting, "Case: place": case.place,
            "Case: age band": case.age_band, "Case: ethnicity": case.ethnicity, "Case: carer": case.carer,
            "Case: sampling": case.sampling.value.replace("_", " "), "Case: organisations": ", ".join(way.services),
            "Case: events": len(events),
            "Case: longest wait in days": way.longest.wait.days if way.longest and way.longest.wait else None,
        }  # fmt: skip
        sources = [guid("timeline", case.id), *([case.activity] if case.activity else [])]
        notes = index.cases.get(case.id, [])
        yield Case(
            guid=case.id, name=f"Case {case.code}", description=plain(case.description, exact=choice.exact),
            values=_values(facts),
            sources=(*(one for one in sources if one in index.names), *_files_of(case, events, notes, shown)),
            selections=(*(one.id for one in events), *notes),
        )  # fmt: skip


def _files_of(
    case: CaseRecord, events: Iterable[Touchpoint], notes: Iterable[str], shown: Iterable[RecordRow]
) -> list[str]:
    """Files about the case, one of its events, a note of it or its activity."""
    about = {str(case.id), str(case.activity or ""), *(str(one.id) for one in events), *notes}
    return [row.record for row in shown if str(row.value.about) in about]


def _shows(shown: Iterable[RecordRow], index: _Index) -> Iterator[Link]:
    """From a file to the note, the event or the activity that it belongs to."""
    for row in shown:
        about = str(row.value.about)
        if about in index.notes or about in index.names:
            yield Link(guid=guid("link", row.record, "shows", about), name="shows", origin=row.record, target=about)


def _judgements(material: Material, choice: RefiChoice) -> Iterator[TextSource]:
    titles = {
        (framework.id, one.id): f"{one.position} {one.title}"
        for framework in material.frameworks for one in framework.statements
    }  # fmt: skip
    initials = {one.author: one.initials for one in material.team}
    used = Counter[str]()
    for row in material.records.get(Judgement.KIND, ()):
        value: Judgement = row.value
        about = titles.get((value.judged.pack, value.judged.subject), value.judged.subject)
        mark = mark_words(material.frameworks, value, "no score yet")
        text = f"{PROVISIONAL}. {mark}\n{plain(value.text, exact=choice.exact)}\n"
        yield TextSource(
            guid=row.record, name=_apart(f"{PROVISIONAL} judgement, {about}, {initials.get(row.author, '')}", used),
            text=text, user=row.author if row.author in initials else "", at=row.recorded_at,
        )  # fmt: skip


def _findings(material: Material, choice: RefiChoice) -> Iterator[TextSource]:
    """What the team claims, with the sentence drafted of it."""
    authors = {one.author for one in material.team}
    used = Counter[str]()
    for row in material.records.get(Finding.KIND, ()):
        value: Finding = row.value
        said = "\n".join(part for part in (value.claim, value.sentence) if part)
        yield TextSource(
            guid=row.record, name=_apart(f"Finding {value.reference}: {value.claim}", used),
            text=f"{PROVISIONAL}. {value.bearing.value.capitalize()}\n{plain(said, exact=choice.exact)}\n",
            user=row.author if row.author in authors else "", at=row.recorded_at,
        )  # fmt: skip


def _rests_on(row: RecordRow) -> tuple[tuple[str, Iterable[str]], ...]:
    """The notes for it and against it."""
    if isinstance(row.value, Judgement):
        return ("corroborates", row.value.relied_on), ("contradicts", row.value.against)
    cited = row.value.evidence
    return (
        ("corroborates", [one.note for one in cited if one.side is Side.AGREES]),
        ("contradicts", [one.note for one in cited if one.side is Side.CONTRADICTS]),
    )


def _links(material: Material, index: _Index) -> Iterator[Link]:
    for row in (*material.records.get(Judgement.KIND, ()), *material.records.get(Finding.KIND, ())):
        for name, notes in _rests_on(row):
            for note in dict.fromkeys(notes):
                if note in index.notes:
                    yield Link(guid=guid("link", row.record, name, note), name=name, origin=row.record, target=note)


def _sets(material: Material, index: _Index, choice: RefiChoice, codes: Codes) -> Iterator[Set]:
    told = [one for one in material.activities if one.id in index.names]
    for day in sorted({one.on for one in told if one.on is not None}):
        yield Set(
            guid=guid("day", material.assessment.id, day.isoformat()), name=f"Day {day.isoformat()}",
            sources=tuple(one.id for one in told if one.on == day),
        )  # fmt: skip
    for visit in material.visits:
        if some := tuple(one.id for one in told if one.visit == visit.id):
            yield Set(guid=visit.id, name=f"Visit: {one_line(visit.name, 80, exact=choice.exact)}", sources=some)
    for framework in material.frameworks:
        for theme in framework.themes:
            members = [statement_guid(framework, one.id) for one in framework.statements if one.theme_id == theme.id]
            yield Set(
                guid=guid("set", framework.id, framework.version, theme.id), name=f"{framework.title}: {theme.title}",
                codes=codes.known(*members),
            )  # fmt: skip


def _description(material: Material, losses: tuple[str, ...]) -> str:
    practice = ["Practice: never evidence."] if material.assessment.is_practice else []
    return "\n".join([*practice, "Not in this project:", *losses])


def _losses(material: Material, index: _Index) -> tuple[str, ...]:
    """What the standard has no place for, or what may not leave; said before anything is written."""
    counts = {kind: len(rows) for kind, rows in material.records.items()}
    left = material.left_out
    found = [
        "Signatures, receipts and the chain of custody: take the JSON export along as their proof.",
        f"How strong evidence is and how it was come by ({index.strong:,} tags are marked strong).",
        "Agenda items, to whom an activity was allotted, and activities without notes.",
    ]
    files = [row.value for row in material.records.get(Attachment.KIND, ())]
    if count := sum(kind_of(one) is None for one in files):
        found.append(f"Files that are no picture, sound or PDF: {count:,}. Take them along with the folder of files.")
    others = {"escalation": "escalations", "request": "information requests", "quality_risk": "risks to the evidence"}
    found += [f"{counts[kind]:,} {name}." for kind, name in others.items() if counts.get(kind)]
    if left.held:
        found.append(f"{left.held:,} notes that a consent holds.")
    if left.restricted:
        found.append(f"{left.restricted:,} notes that only some of the team may know.")
    if left.withdrawn:
        found.append(f"{left.withdrawn:,} notes that were withdrawn.")
    return tuple(found)
