"""Metrics of an oversight framework from CSV or XLSX: every row read, and what is wrong named by the row's number.

Nothing is guessed: a figure without a period, a source or the end that is best is no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fieldkit.app.texts import typed
from fieldkit.capture.vocabulary import Vocabulary, is_used
from fieldkit.domain.framework import Framework, Need, lookup_key
from fieldkit.domain.method import Polarity
from fieldkit.domain.metric import BEST, MetricRule, metric_key
from fieldkit.exchange.spreadsheets import read_book
from fieldkit.exchange.tables import Book, Sheet
from fieldkit.kernel.errors import Mistake

COLUMNS: Final[dict[str, frozenset[str]]] = {
    "metric": frozenset({"metric", "measure", "indicator", "name", "metric name"}),
    "value": frozenset({"value", "figure", "result", "score", "metric value"}),
    "unit": frozenset({"unit", "units"}),
    "organisation": frozenset(
        {"organisation", "organization", "body", "trust", "icb", "provider", "organisation name"}
    ),
    "period": frozenset({"period", "time period", "reporting period", "quarter", "date"}),
    "source": frozenset({"source", "publication", "from"}),
    "polarity": frozenset({"better", "best", "polarity", "direction"}),
    "statement": frozenset({"statement", "statements", "code", "quality statement"}),
    "category": frozenset({"category", "evidence category"}),
}
"""What a column is by its heading, in any letter case."""
NEEDED: Final = ("metric", "value", "organisation", "period", "source")
MOST_ROWS: Final = 2_000
LONGEST: Final = 200
SOURCE_KIND: Final = "oversight-framework"
"""The insight source of a pack that says which category such figures are filed under by default."""

_FIGURE = re.compile(r"[<>≤≥]?\s?[-+\N{MINUS SIGN}]?£?\d[\d,]*(?:\.\d+)?\s?(%?)")
_BETTER = {
    Polarity.HIGHER_IS_BETTER: frozenset({"higher", "high", "higher is better", "higher_is_better", "up"}),
    Polarity.LOWER_IS_BETTER: frozenset({"lower", "low", "lower is better", "lower_is_better", "down"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricTag:
    """What a figure is evidence for."""

    pack: str
    statement: str
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricRow:
    """A row that reads."""

    row: int
    metric: str
    value: str
    unit: str
    organisation: str
    period: str
    source: str
    polarity: Polarity
    tags: tuple[MetricTag, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        """As ``fieldkit.domain.metric.Metric.key``."""
        return metric_key(self.metric), metric_key(self.organisation), metric_key(self.period)


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricReading:
    """What a file holds: rows that read, and what is wrong with the others, by row."""

    file: str
    rows: tuple[MetricRow, ...]
    wrong: tuple[Mistake, ...]


def read_metric_file(path: Path, frameworks: Sequence[Framework], statements: Sequence[str] = ()) -> MetricReading:
    """Every row of a file. ``statements`` (codes) are what all of it is evidence for, where a person chose.

    Raises as ``fieldkit.exchange.spreadsheets.read_book`` does, and ``Mistake``: ``metric.macros``, ``metric.empty``,
    ``metric.no_column``, ``metric.column_twice``, ``metric.too_many``.
    """
    if path.suffix.casefold() in {".xlsm", ".xlsb", ".xltm", ".xlam"}:
        raise Mistake("metric.macros", field="file", file=path.name)
    return metrics_of(read_book(path), path.name, frameworks, statements)


def metrics_of(book: Book, file: str, frameworks: Sequence[Framework], statements: Sequence[str] = ()) -> MetricReading:
    """Every row of a book that is open."""
    sheet, at, columns = _table(book, file)
    reader = _Reader(columns, tuple(frameworks), tuple(statements))
    rows: list[MetricRow] = []
    wrong: list[Mistake] = []
    there: dict[tuple[str, str, str], int] = {}
    for place, cells in enumerate(sheet.rows[at + 1 :]):
        if not any(cells):
            continue
        number = sheet.first + at + 1 + place
        try:
            found = reader.row(number, cells)
            if found.key in there:
                raise Mistake("metric.row_twice", row=number, first=there[found.key])
        except Mistake as problem:
            wrong.append(problem)
            continue
        there[found.key] = number
        rows.append(found)
    if len(rows) + len(wrong) > MOST_ROWS:
        raise Mistake("metric.too_many", field="file", file=file, rows=len(rows) + len(wrong), most=MOST_ROWS)
    return MetricReading(file=file, rows=tuple(rows), wrong=tuple(wrong))


def _table(book: Book, file: str) -> tuple[Sheet, int, dict[str, int]]:
    """The first sheet with a row of headings, that row, and the place of each column."""
    for sheet in book.sheets:
        for at, row in enumerate(sheet.rows[:20]):
            named = [(name, place) for place, cell in enumerate(row) for name in _named(cell)]
            columns = dict(named)
            if "metric" in columns and "value" in columns:
                twice = next((name for name in columns if sum(one == name for one, _ in named) > 1), None)
                if twice is not None:
                    raise Mistake("metric.column_twice", field="file", file=file, column=twice)
                missing = next((name for name in NEEDED if name not in columns), None)
                if missing is not None:
                    raise Mistake("metric.no_column", field="file", file=file, column=missing)
                return sheet, at, columns
    raise Mistake("metric.empty", field="file", file=file)


def _named(cell: str) -> list[str]:
    return [name for name, words in COLUMNS.items() if lookup_key(cell) in words]


class _Reader:
    """Reads rows against the frameworks of the assessment."""

    def __init__(self, columns: dict[str, int], frameworks: tuple[Framework, ...], statements: tuple[str, ...]) -> None:
        self._columns = columns
        self._frameworks = frameworks
        self._vocabulary = Vocabulary(frameworks=frameworks)
        self._chosen = statements

    def row(self, number: int, cells: Sequence[str]) -> MetricRow:
        """Raises ``Mistake('metric.row_…')`` with the row's number."""
        said = {
            name: " ".join(typed(cells[at]).split()) if at < len(cells) else "" for name, at in self._columns.items()
        }
        for name in NEEDED:
            if not said[name]:
                raise Mistake("metric.row_missing", row=number, column=name)
        for name, cell in said.items():
            if len(cell) > LONGEST:
                raise Mistake("metric.row_long", row=number, column=name, length=len(cell), most=LONGEST)
        found = _FIGURE.fullmatch(said["value"])
        if found is None:
            raise Mistake("metric.row_value", row=number, value=said["value"])
        unit = said.get("unit", "") or found[1]
        value = said["value"].removesuffix("%").strip() if unit == "%" else said["value"]
        rules = [(pack, rule) for pack in self._frameworks for rule in pack.metrics if rule.is_called(said["metric"])]
        for pack, rule in rules:
            _check_scale(pack, rule, value, number)
        return MetricRow(
            row=number, metric=said["metric"], value=value, unit=unit, organisation=said["organisation"],
            period=said["period"], source=said["source"], polarity=_polarity(said, rules, number),
            tags=self._tags(said, rules, number),
        )  # fmt: skip

    def _tags(
        self, said: dict[str, str], rules: Sequence[tuple[Framework, MetricRule]], number: int
    ) -> tuple[MetricTag, ...]:
        named = re.split(r"[,;\s]+", said["statement"]) if said.get("statement") else self._chosen
        if not named:
            tags = [
                self._tag(pack, statement, said.get("category") or rule.category, number)
                for pack, rule in rules for statement in rule.statements
            ]  # fmt: skip
            if not tags:
                raise Mistake("metric.row_untagged", row=number, metric=said["metric"])
            return tuple(dict.fromkeys(tags))
        found = []
        for one in filter(None, named):
            pack, slash, key = one.lstrip("#").rpartition("/")
            meant = list(self._vocabulary.statements(key, pack if slash else None))
            if not meant:
                raise Mistake("metric.row_statement", row=number, value=one)
            found += [self._tag(each, statement.id, said.get("category", ""), number) for each, statement in meant]
        return tuple(dict.fromkeys(found))

    def _tag(self, pack: Framework, statement: str, wanted: str, number: int) -> MetricTag:
        default = next((one.category_id for one in pack.insight_sources if one.id == SOURCE_KIND), None)
        category = pack.category_by(wanted.lstrip("@") or default or "")
        if category is None or not is_used(pack, category) or _never(pack, statement, category.id):
            raise Mistake("metric.row_category", row=number, value=wanted or default or "", statement=statement)
        return MetricTag(pack=pack.id, statement=statement, category=category.id)


def _never(pack: Framework, statement: str, category: str) -> bool:
    return all(one.need(statement, category) is Need.NOT_USED for one in pack.matrices)


def _polarity(said: dict[str, str], rules: Sequence[tuple[Framework, MetricRule]], number: int) -> Polarity:
    """The file's word, else the pack's; where both speak they must say the same."""
    given = said.get("polarity", "")
    read = next((end for end, words in _BETTER.items() if lookup_key(given) in words), None)
    if given and read is None:
        raise Mistake("metric.row_polarity", row=number, value=given)
    ruled = next((rule.polarity for _, rule in rules), None)
    if read is not None and ruled is not None and read is not ruled:
        raise Mistake("metric.row_contrary", row=number, said=BEST[ruled], metric=said["metric"])
    found = read or ruled
    if found is None:
        raise Mistake("metric.row_no_polarity", row=number, metric=said["metric"])
    return found


def _check_scale(pack: Framework, rule: MetricRule, value: str, number: int) -> None:
    scale = next((one for one in pack.scales if one.id == rule.scale), None)
    if scale is not None and (not value.isdecimal() or scale.level(int(value)) is None):
        raise Mistake("metric.row_scale", row=number, value=value, scale=scale.title)
