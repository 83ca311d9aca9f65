"""Reads the sample visit that came with the program and checks that it hangs together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from fieldkit.app.filter_names import secondary_named
from fieldkit.app.sample_data import (
    TYPING,
    SampleActivity,
    SampleAddendum,
    SampleAssessor,
    SampleDocument,
    SampleFiling,
    SamplePerson,
    SamplePoint,
    SampleRisk,
    SampleVisit,
    SampleWithdrawal,
)
from fieldkit.capture.parse import parse
from fieldkit.domain.assessment import ActivityKind, AgendaItem, SubjectKind
from fieldkit.domain.evidence import Acquisition
from fieldkit.domain.framework import Framework
from fieldkit.domain.quality_risk import Authority, Level, may_authorise
from fieldkit.kernel.errors import Trouble

SAMPLE = "northshire.yaml"
FIRST = "first-visit.yaml"

_OFFSET = re.compile(r"(\d{1,3}):([0-5]\d)")
_POINT = re.compile(r"(?P<at>[\d:]+)(?:>(?P<entered>[\d:]+))? (?P<by>[A-Z]{2,3}) (?P<line>.*\S)")


def read_sample(framework: Framework) -> SampleVisit:
    """The sample visit, every tag of it known to ``framework``.

    Raises ``Trouble('sample.damaged', problem=...)`` if the installed file cannot be read or does not hang together.
    """
    return parse_sample(_text(SAMPLE), framework)


def read_first_visit(framework: Framework) -> SampleVisit:
    """The visit that came before, with what came of it. Raises as ``read_sample``."""
    return parse_sample(_text(FIRST), framework)


def parse_sample(text: str, framework: Framework) -> SampleVisit:
    """Read and check the YAML of a sample visit. Raises ``Trouble`` as ``read_sample`` does."""
    import yaml

    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml takes a tenth of the time
        sample = _sample(yaml.load(text, Loader=loader))
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as problem:
        raise Trouble("sample.damaged", problem=" ".join(str(problem).split())) from problem
    found = next(problems_of(sample, framework), "")
    if found:
        raise Trouble("sample.damaged", problem=found)
    return sample


def _text(name: str) -> str:
    try:
        return (files("resources") / "sample" / name).read_text(encoding="utf-8")
    except OSError as problem:
        raise Trouble("sample.damaged", problem=name) from problem


def problems_of(sample: SampleVisit, framework: Framework) -> Iterator[str]:
    """What does not hang together: strangers, unknown tags, unknown agenda items, points out of order."""
    if framework.id != sample.pack:
        yield f"written for the pack {sample.pack}, not {framework.id}"
    initials = {one.initials for one in sample.assessors}
    acting = [*(point.by for point in sample.points), *(act.by for act in sample.afterwards)]
    yield from (f"nobody has the initials {by}" for by in acting if by not in initials)
    items = {(activity.key, item.id) for activity in sample.activities for item in activity.items}
    last: tuple[str, timedelta] = ("", timedelta())
    for point, captured in sample.read_points(framework):
        if point.item and (point.activity, point.item) not in items:
            yield f"no agenda item {point.item}"
        if point.activity == last[0] and point.at <= last[1]:
            yield f"not in order: {point.line}"
        last = (point.activity, point.at)
        yield from (f"{hint.kind.value}: {hint.word}" for hint in captured.hints)
    for risk in sample.risks:
        if not may_authorise(risk.authority, risk.level):
            yield f"not theirs to authorise: {risk.concern}"
    vocabulary = sample.vocabulary(framework)
    for filing in sample.filings:
        captured = parse(f"{filing.adds} {filing.removes}", vocabulary)
        if captured.text or not (captured.tags or filing.also):
            yield f"no tags: {filing.adds} {filing.removes}"
        yield from (f"no secondary tag: {one}" for one in filing.also if not secondary_named(one, [framework]))


def _sample(raw: dict[str, Any]) -> SampleVisit:
    visit = raw["visit"]
    points = tuple(_points(raw["points"]))
    where = {(point.activity, point.at): point for point in points}
    return SampleVisit(
        assessment=raw["assessment"]["name"], subject=SubjectKind(raw["assessment"]["subject"]),
        pack=raw["assessment"]["pack"], visit=visit["name"], place=visit["place"],
        starts_on=_day(visit["starts_on"]), ends_on=_day(visit["ends_on"]), zone_hours=_hours(visit["zone"]),
        assessors=tuple(SampleAssessor(**one) for one in raw["assessors"]),
        people=tuple(SamplePerson(**one) for one in raw["people"]),
        activities=tuple(_activity(one) for one in raw["activities"]),
        risks=tuple(_risk(one) for one in raw["risks"]),
        documents=tuple(
            SampleDocument(**{**one, "acquisition": Acquisition(one["acquisition"])}) for one in raw["documents"]
        ),
        points=points,
        addenda=tuple(
            SampleAddendum(**_act(one, where), text=one["text"], reason=one["reason"]) for one in raw["addenda"]
        ),
        withdrawals=tuple(SampleWithdrawal(**_act(one, where), reason=one["reason"]) for one in raw["withdrawals"]),
        filings=tuple(
            SampleFiling(
                **_act(one, where), adds=one.get("adds", ""), removes=one.get("removes", ""),
                also=tuple(one.get("also", ())),
            )
            for one in raw["filings"]
        ),
        came_of_it=raw.get("came_of_it", {}),
    )  # fmt: skip


def _activity(raw: dict[str, Any]) -> SampleActivity:
    items = tuple(AgendaItem(**item) for item in raw.get("items", []))
    return SampleActivity(**{**raw, "kind": ActivityKind(raw["kind"]), "day": _day(raw["day"]), "items": items})


def _risk(raw: dict[str, Any]) -> SampleRisk:
    return SampleRisk(
        **{**raw, "level": Level(raw["level"]), "authority": Authority(raw["authority"]),
           "review_on": _day(raw["review_on"])}
    )  # fmt: skip


def _points(raw: dict[str, dict[str, str]]) -> Iterator[SamplePoint]:
    for activity, items in raw.items():
        for item, lines in items.items():
            for row in lines.splitlines():
                match = _POINT.fullmatch(row)
                if match is None:
                    raise ValueError(f"not a point: {row}")
                at = _offset(match["at"])
                entered = _offset(match["entered"]) if match["entered"] else at + TYPING * len(match["line"])
                yield SamplePoint(
                    activity=activity, item=item, at=at, entered=entered, by=match["by"], line=match["line"]
                )


def _act(raw: dict[str, Any], where: dict[tuple[str, timedelta], SamplePoint]) -> dict[str, Any]:
    point = where[raw["activity"], _offset(raw["entry"])]
    return {"point": point, "by": raw["by"], "at": _offset(raw["at"])}


def _offset(text: str) -> timedelta:
    match = _OFFSET.fullmatch(text)
    if match is None:
        raise ValueError(f"not minutes and seconds: {text}")
    return timedelta(minutes=int(match[1]), seconds=int(match[2]))


def _hours(zone: str) -> float:
    hours, minutes = zone.split(":")
    return int(hours) + (-1 if zone.startswith("-") else 1) * int(minutes) / 60


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise ValueError(f"not a date: {value}")
    return value
