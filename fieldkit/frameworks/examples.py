"""``examples.yaml``: sums whose results are published or can be done by hand, run against the pack's own method.

They are read and run together: an example that does not come out is a problem at its line, like a typing slip.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from math import floor
from typing import Final

from fieldkit.domain.figures import Figure, Outcome, Part, figure_of
from fieldkit.domain.framework import Framework
from fieldkit.domain.marks import Mark
from fieldkit.domain.method import Aggregation, Method, ScoredAt
from fieldkit.domain.scoring import work_out
from fieldkit.domain.share import Share, percent_text
from fieldkit.frameworks.fields import Fields
from fieldkit.kernel.errors import Mistake

MOST_PARTS = 200
_RANGE = re.compile(r"([0-9]{1,4})-([0-9]{1,4})")
_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?")


def _walk(item: Fields, title: str, framework: Framework) -> None:
    """What follows tags by a crosswalk of the pack: ``carried`` at once, ``choose_from`` after a person's choice."""
    pack, version = item.ident("from"), item.text("version")
    crosswalk = framework.crosswalk_from(pack, version)
    if crosswalk is None:
        item.wrong("from", "example.crosswalk", pack=pack, version=version)
        return
    carried, offered = dict[str, None](), dict[str, None]()
    for old in item.texts("tagged", needed=True):
        step = crosswalk.step(old)
        news = () if step is None else step.news
        (offered if len(news) > 1 else carried).update(dict.fromkeys(news))
    for key, found in (("carried", carried), ("choose_from", offered)):
        wanted = item.texts(key)
        if tuple(sorted(found)) != tuple(sorted(wanted)):
            expected, given = ", ".join(wanted) or "none", ", ".join(found) or "none"
            item.wrong(key, "example.differs", title=title, what=key, expected=expected, found=given)
    item.finish()


def run_examples(fields: Fields, framework: Framework) -> None:
    """Work out every example and note each result that differs from what the pack says it should be."""
    method = framework.method
    is_scored = method.scored_at is not ScoredAt.NONE
    items = list(fields.tables("examples", needed=is_scored))
    if is_scored and not items:
        fields.wrong("examples", "example.none")
    for item in items:
        title = item.name("title")
        if "tagged" in item:
            _walk(item, title, framework)
            continue
        forms = [form for form in _FORMS if form in item]
        if len(forms) != 1 or method.scale is None:
            item.wrong("title", "example.form", known=", ".join(_FORMS))
            continue
        _FORMS[forms[0]](item, title, framework)
        item.finish()
    fields.finish()


def _values(fields: Fields, title: str, framework: Framework) -> None:
    """``values``: scores of one group, added up."""
    scale = framework.method.scale
    if scale is None:
        return
    values = fields.wholes("values", scale.lowest, scale.highest)
    parts = tuple(_part(number, Share(value, scale.highest)) for number, value in enumerate(values))
    _compare(fields, title, figure_of(framework.method, Figure.OVERALL, parts))


def _total(fields: Fields, title: str, framework: Framework) -> None:
    """``total`` of ``count`` scores, where the single scores are not published."""
    share = _share_of(fields, framework.method)
    _compare(fields, title, figure_of(framework.method, Figure.OVERALL, (_part(1, share),)))


def _totals(fields: Fields, title: str, framework: Framework) -> None:
    """``totals`` from-to of ``count`` scores, all of which give one band; its ends are exact."""
    span = _RANGE.fullmatch(fields.formed("totals", _RANGE, "9-13"))
    count = fields.whole("count", 1, MOST_PARTS)
    band = fields.ident("band")
    scale = framework.method.scale
    if span is None or scale is None:
        return
    low, high = int(span[1]), int(span[2])
    least, most = count * scale.lowest, count * scale.highest
    if not least <= low <= high <= most:
        fields.wrong("totals", "value.out_of_range", key="totals", low=least, high=most, value=span[0])
        return
    for total in range(low - 1, high + 2):
        if not least <= total <= most:
            continue
        outcome = figure_of(framework.method, Figure.OVERALL, (_part(1, Share(total, most)),))
        found = outcome.band.id if outcome.band else "none"
        if (found == band) != (low <= total <= high):
            expected = band if low <= total <= high else f"not {band}"
            _differs(fields, "totals", title, f"the rating of {total}/{most}", expected, found)


def _themes(fields: Fields, title: str, framework: Framework) -> None:
    """``themes``: a total and count each, put together both ways that a pack can choose between."""
    method = framework.method
    parts = []
    for number, item in enumerate(fields.tables("themes")):
        parts.append(_part(number, _share_of(item, method)))
        item.finish()
    for aggregation in Aggregation:
        inner = fields.table(aggregation.value)
        if inner is not None and parts:
            is_mean = aggregation is Aggregation.MEAN_OF_THEMES
            _compare(inner, title, figure_of(method, Figure.OVERALL, tuple(parts), is_mean=is_mean))
            inner.finish()


def _scores(fields: Fields, title: str, framework: Framework) -> None:
    """``scores`` by statement id, worked out with the whole of the pack's method."""
    inner = fields.table("scores")
    if inner is None:
        return
    marks = list(_marks(inner, framework))
    try:
        scores = work_out(framework, marks)
    except Mistake as refused:
        fields.wrong("scores", "example.refused", title=title, reason=refused)
        for key in fields.names():
            fields.skip(key)
        return
    _compare_named(fields, title, scores.overall, {theme.id: theme for theme in scores.themes})


def _marks(fields: Fields, framework: Framework) -> Iterator[Mark]:
    """``subject: score``, or ``statement: {category: score}`` where the pack scores categories."""
    method = framework.method
    low, high = (method.scale.lowest, method.scale.highest) if method.scale else (0, 0)
    subjects = framework.themes if method.scored_at is ScoredAt.THEME else framework.statements
    known = {subject.id for subject in subjects}
    for key in fields.names():
        if key not in known:
            fields.wrong(key, "reference.unknown", kind="statement or theme to score", name=key)
            fields.skip(key)
        elif method.scored_at is ScoredAt.EVIDENCE_CATEGORY:
            inner = fields.table(key)
            for category in () if inner is None else inner.names():
                value = 0 if inner is None else inner.whole(category, low, high)
                yield Mark(subject=key, category=category, value=value)
        else:
            yield Mark(subject=key, value=fields.whole(key, low, high))


def _compare_named(fields: Fields, title: str, overall: Outcome | None, themes: Mapping[str, Outcome]) -> None:
    for key, outcome in (("overall", overall), *themes.items()):
        inner = fields.table(key, needed=key == "overall" and overall is not None)
        if inner is None:
            continue
        if outcome is None:
            fields.wrong(key, "example.refused", title=title, reason="the pack has no such figure")
            continue
        _compare(inner, title, outcome)
        inner.finish()


def _compare(fields: Fields, title: str, outcome: Outcome) -> None:
    """Check every result the example states; it must state at least the rating."""
    reading = outcome.reading
    found = {
        "sum": str(outcome.share) if outcome.share else "none",
        "percent": percent_text(outcome.share.percent) if outcome.share else "none",
        "whole_percent": str(reading.whole_percent) if reading else "none",
        "band": outcome.band.id if outcome.band else "none",
        "score": str(outcome.band.score) if outcome.band else "none",
        "tie": "true" if reading and reading.tie and reading.tie.decides else "false",
        "next_band_points": str(outcome.next_band.points) if outcome.next_band else "none",
    }
    fields.text("band")
    for key, result in found.items():
        if key in fields:
            expected = fields.text(key)
            if expected and not _same(key, expected, result, outcome):
                _differs(fields, key, title, key.replace("_", " "), expected, result)


def _same(key: str, expected: str, found: str, outcome: Outcome) -> bool:
    """Equal as text; a per cent is equal when the exact one, rounded half up to as many decimals, is."""
    if key != "percent" or outcome.share is None or not _NUMBER.fullmatch(expected):
        return expected == found
    places = len(expected.partition(".")[2])
    scale = int(10**places)
    return floor(outcome.share.percent * scale + Fraction(1, 2)) == int(expected.replace(".", ""))


def _differs(fields: Fields, at: str, title: str, what: str, expected: str, found: str) -> None:
    fields.wrong(at, "example.differs", title=title, what=what, expected=expected, found=found)


def _share_of(fields: Fields, method: Method) -> Share:
    """``total`` points of ``count`` scores. A total out of reach is a problem, and stands as full marks."""
    lowest, highest = (method.scale.lowest, method.scale.highest) if method.scale else (1, 1)
    count = fields.whole("count", 1, MOST_PARTS)
    total = fields.whole("total", count * lowest, count * highest)
    return Share(total, count * highest)


def _part(number: int, share: Share) -> Part:
    return Part(id=str(number), label=str(number), title=str(number), share=share)


_FORMS: Final[dict[str, Callable[[Fields, str, Framework], None]]] = {
    "values": _values,
    "total": _total,
    "totals": _totals,
    "themes": _themes,
    "scores": _scores,
}
