"""YAML text to a plain tree that remembers lines, and takes nothing that only a hostile file needs.

Built from the parser's events rather than its objects: no anchors (a 200-byte file can unfold to gigabytes),
no tags (they can call code), no implicit types (``no`` is a word and not False), a limit on depth and size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from fieldkit.frameworks.problems import Report

if TYPE_CHECKING:
    from yaml.events import Event

MOST_VALUES = 20_000
DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value, as written; ``line`` counts from 1."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of values."""

    items: list[Node]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """Keys with values; ``lines`` has the line of each key."""

    pairs: dict[str, Node]
    lines: dict[str, int]
    line: int


Node = Scalar | Listing | Table


class _Stop(Exception):
    """Reading further would only repeat or worsen the problem already noted."""


def read_tree(file: str, data: bytes, report: Report) -> Table | None:
    """The tree of one YAML file, or None with at least one problem in ``report``."""
    text = _decoded(file, data, report)
    if text is None:
        return None
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    grower = _Grower(file, report)
    try:
        for event in yaml.parse(text, Loader=loader):
            grower.take(event)
    except _Stop:
        return None
    except yaml.YAMLError as wrong:
        report.add(file, _line_of(wrong, text), "yaml.syntax", reason=_reason(wrong))
        return None
    return grower.root()


def _decoded(file: str, data: bytes, report: Report) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        report.add(file, data.count(b"\n", 0, wrong.start) + 1, "yaml.encoding")
        return None


def _line_of(wrong: Exception, text: str) -> int:
    mark = getattr(wrong, "problem_mark", None) or getattr(wrong, "context_mark", None)
    if mark is not None:
        return int(mark.line) + 1
    return text.count("\n", 0, getattr(wrong, "position", 0)) + 1


def _reason(wrong: Exception) -> str:
    return str(getattr(wrong, "problem", None) or getattr(wrong, "reason", None) or "it cannot be read")


class _Grower:
    """Takes parser events one by one and grows the tree; iterative, so depth cannot exhaust the stack."""

    def __init__(self, file: str, report: Report) -> None:
        self._file = file
        self._report = report
        self._open: list[Listing | Table] = []
        self._keys: list[Scalar | None] = []
        self._root: Node | None = None
        self._documents = 0
        self._values = 0

    def take(self, event: Event) -> None:
        name = type(event).__name__
        line = event.start_mark.line + 1 if event.start_mark else 0
        if name == "AliasEvent" or getattr(event, "anchor", None):
            self._stop(line, "yaml.anchor")
        if name == "ScalarEvent":
            self._refuse_tag(event, line)
            self._place(Scalar(getattr(event, "value", ""), line))
        elif name in ("SequenceStartEvent", "MappingStartEvent"):
            self._refuse_tag(event, line)
            self._begin(Listing([], line) if name == "SequenceStartEvent" else Table({}, {}, line))
        elif name in ("SequenceEndEvent", "MappingEndEvent"):
            self._open.pop()
            self._keys.pop()
        elif name == "DocumentStartEvent":
            self._documents += 1
            if self._documents > 1:
                self._stop(line, "yaml.documents")

    def root(self) -> Table | None:
        """The finished tree; anything but a mapping at the top is a problem."""
        if self._root is None or (isinstance(self._root, Scalar) and not self._root.text.strip()):
            self._report.add(self._file, 1, "yaml.empty")
            return None
        if not isinstance(self._root, Table):
            self._report.add(self._file, self._root.line, "yaml.not_mapping")
            return None
        return self._root

    def _stop(self, line: int, code: str, **details: object) -> NoReturn:
        self._report.add(self._file, line, code, **details)
        raise _Stop

    def _refuse_tag(self, event: Event, line: int) -> None:
        if getattr(event, "tag", None):
            self._stop(line, "yaml.tag")

    def _begin(self, node: Listing | Table) -> None:
        self._place(node)
        self._open.append(node)
        self._keys.append(None)
        if len(self._open) > DEEPEST:
            self._stop(node.line, "yaml.deep", limit=DEEPEST)

    def _place(self, node: Node) -> None:
        self._values += 1
        if self._values > MOST_VALUES:
            self._stop(node.line, "yaml.long", limit=MOST_VALUES)
        if not self._open:
            self._root = node
            return
        holder = self._open[-1]
        if isinstance(holder, Listing):
            holder.items.append(node)
        elif self._keys[-1] is None:
            self._keys[-1] = self._key(holder, node)
        else:
            holder.pairs[self._keys[-1].text] = node
            self._keys[-1] = None

    def _key(self, table: Table, node: Node) -> Scalar:
        if not isinstance(node, Scalar):
            self._stop(node.line, "yaml.key")
        if node.text in table.lines:
            self._report.add(self._file, node.line, "yaml.key_twice", key=node.text, first=table.lines[node.text])
        table.lines[node.text] = node.line
        return node
