"""An assessment as plain Markdown: an index, a page an activity and a case, people, what was made of it all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from fieldkit.app.takeout.markdown_text import counted, fact_lines, indented, md
from fieldkit.app.takeout.markdown_work import work_pages
from fieldkit.app.takeout.material import Material, ToldNote
from fieldkit.app.takeout.refi_texts import event_words
from fieldkit.domain.assessment import Activity
from fieldkit.domain.case import CHARACTERISTICS, Case
from fieldkit.domain.entry import Risk
from fieldkit.domain.escalation import Escalation
from fieldkit.domain.evidence import Bearing, EvidenceItem
from fieldkit.domain.pathway import steps
from fieldkit.domain.request import InformationRequest
from fieldkit.domain.secondary import by_set
from fieldkit.domain.touchpoint import Touchpoint

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
Page = tuple[str, str]
"""A file's path inside the folder, and its text."""


def pages(material: Material, *, made_at: datetime, app: str, files: Iterable[tuple[str, str]] = ()) -> Iterator[Page]:
    """The pages one by one, the index last. ``files`` are paths beside them, each with what it is."""
    linked: list[tuple[str, str]] = []
    used = Counter[str]()
    for activity in material.activities:
        text, count = _activity(material, activity)
        if count or not activity.is_cancelled:
            day = activity.on.isoformat() if activity.on else "undated"
            path = _free(f"activities/{day}-{_slug(activity.title)}", used)
            linked.append((path, f"{day} {activity.title} ({counted(count, 'note')})"))
            yield path, text
    for row in material.records.get(Case.KIND, ()):
        path = _free(f"cases/{_slug(row.value.code)}", used)
        linked.append((path, f"Case {row.value.code}"))
        yield path, _case(material, row.value)
    for path, title, text in _others(material):
        linked.append((path, title))
        yield path, text
    yield "index.md", _index(material, made_at, app, linked, files)


def _activity(material: Material, activity: Activity) -> tuple[str, int]:
    visit = material.visit(activity)
    facts = [
        ("Visit", visit.name), ("Day", activity.on.isoformat() if activity.on else ""),
        ("Time", " to ".join(one for one in (activity.starts, activity.ends) if one)),
        ("Kind", activity.kind.value.replace("_", " ")), ("Place", activity.place or visit.place),
        ("Organisation", activity.organisation), ("Called off", "yes" if activity.is_cancelled else ""),
    ]  # fmt: skip
    lines = [f"# {md(activity.title)}", "", *fact_lines(facts), ""]
    count, under = 0, material.under(activity)
    for note in material.notes(activity):
        count += 1
        lines += _note(material, note, under.get(note.row.entry.agenda_item or "", ""))
    return "\n".join(lines if count else [*lines, "No notes that may be told."]) + "\n", count


def _note(material: Material, note: ToldNote, under: str) -> Iterator[str]:
    entry = note.row.entry
    words = md(entry.text) or "(marked moment, no words)"
    lead = " ".join(part for part in (f"**{note.at:%H:%M}**", f"*{md(note.who)}*:" if note.who else "") if part)
    yield f"{lead} {indented(words)}"
    if under:
        yield f"- under: {indented(md(under))}"
    flags = {
        "exact words": entry.exact, "follow up": entry.follow_up, "own view": entry.own_view,
        "possible risk": entry.risk is not Risk.NONE, "written up later": entry.written_up_later,
    }  # fmt: skip
    if said := [name for name, is_set in flags.items() if is_set]:
        yield f"- {', '.join(said)}"
    for item in note.row.evidence:
        yield f"- {_tag(material, item)}"
    for name, titles in by_set(note.row.secondary, material.frameworks).items():
        yield f"- {md(name)}: {md(', '.join(titles))}"
    for one in note.row.addenda:
        yield f"- Added: {indented(md(one.text))} (reason: {md(one.reason)})"
    yield f"- by {md(note.row.author_name)}, note `{entry.id}`"
    yield ""


def _tag(material: Material, item: EvidenceItem) -> str:
    for pack in material.frameworks:
        if pack.id == item.pack:
            statement = next((f"{one.position} {one.title}" for one in pack.statements if one.id == item.statement), "")
            category = next((one.title for one in pack.categories if one.id == item.category), "")
            bearing = "" if item.bearing is Bearing.NEUTRAL else item.bearing.value
            return md(
                ", ".join(part for part in (statement, category, bearing, "strong" if item.strong else "") if part)
            )
    return md(f"{item.pack}: {item.statement}, {item.category}")


def _case(material: Material, case: Case) -> str:
    facts = [(name.replace("_", " ").capitalize(), case.characteristic(name)) for name in CHARACTERISTICS]
    lines = [f"# Case {md(case.code)}", "", *fact_lines([("Description", case.description), *facts]), ""]
    events = [row.value for row in material.records.get(Touchpoint.KIND, ()) if row.value.case == case.id]
    for step in steps(events):
        wait = f" ({counted(step.wait.days, 'day')} after the event before)" if step.wait and step.wait.days else ""
        lines.append(f"- **{step.touchpoint.when.words()}** {indented(md(event_words(step.touchpoint)))}{wait}")
    return "\n".join(lines) + "\n"


def _others(material: Material) -> Iterator[tuple[str, str, str]]:
    """People, escalations, requests, what the team made of the evidence, each on a page where there are any."""
    people = [
        f"- `{one.code}` {md(one.role)}" + (f", {md(one.organisation)}" if one.organisation else "")
        for visit in material.visits for one in material.people.get(visit.id, {}).values()
    ]  # fmt: skip
    escalations = [
        f"- **{row.value.priority.value.upper()}** {indented(md(row.value.what))}"
        + (f" Outcome: {indented(md(row.value.outcome))}" if row.value.outcome else " Open.")
        for row in material.records.get(Escalation.KIND, ())
    ]  # fmt: skip
    requests = [
        f"- {md(row.value.reference)}: {indented(md(row.value.what))} ({row.value.status.value.replace('_', ' ')})"
        for row in material.records.get(InformationRequest.KIND, ())
    ]  # fmt: skip
    for name, title, lines in (
        ("people", "People, by code", people), ("escalations", "Escalations", escalations),
        ("requests", "Information requests", requests),
    ):  # fmt: skip
        if lines:
            yield f"{name}.md", title, "\n".join([f"# {title}", "", *lines]) + "\n"
    for name, title, text in work_pages(material):
        yield f"{name}.md", title, text


def _index(
    material: Material, made_at: datetime, app: str, linked: list[tuple[str, str]], files: Iterable[tuple[str, str]]
) -> str:
    left = material.left_out
    left_out = f"{counted(left.held, 'note')} held by a consent, {left.withdrawn:,} withdrawn"
    left_out += f", {left.restricted:,} restricted" if left.restricted else ""
    lines = [
        f"# {md(material.assessment.name)}", "",
        *fact_lines([
            ("Made", f"{made_at:%Y-%m-%d %H:%M} UTC by {app}"),
            ("Practice", "yes: never evidence" if material.assessment.is_practice else ""),
            *(("Framework", f"{one.title}, {one.id} {one.version}") for one in material.frameworks),
            ("Left out", left_out),
        ]),
        "", *(f"- [{md(title)}]({path})" for path, title in linked),
    ]  # fmt: skip
    beside = [f"- [{md(what)}]({path})" if path else f"- {md(what)}" for path, what in files]
    return "\n".join([*lines, *(["", "## Files", "", *beside] if beside else [])]) + "\n"


def _slug(text: str) -> str:
    return _NOT_IN_NAMES.sub("-", text.casefold())[:60].strip("-") or "untitled"


def _free(path: str, used: Counter[str]) -> str:
    used[path] += 1
    return f"{path}.md" if used[path] == 1 else f"{path}-{used[path]}.md"
