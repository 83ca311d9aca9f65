"""Typed reading of one table of a pack; every surprise becomes a problem with its line.

A reader that meets a problem gets a stand-in value and goes on, so that one pass finds everything. That is
safe because a pack with any problem is thrown away whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from fieldkit.frameworks.problems import Report
from fieldkit.frameworks.tree import Listing, Node, Scalar, Table

LONGEST_TEXT: Final = 1_500
LONGEST_NAME: Final = 120

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"-?[0-9]{1,9}")

Choice = TypeVar("Choice", bound=StrEnum)


class Fields:
    """The keys of one table, each asked for once; ``finish`` names those nobody asked for."""

    def __init__(self, table: Table, file: str, report: Report) -> None:
        self._table = table
        self._asked: list[str] = []
        self.file = file
        self.line = table.line
        self.report = report

    def __contains__(self, key: str) -> bool:
        return key in self._table.pairs

    def line_of(self, key: str) -> int:
        """The line of a key, or of the table where the key is absent."""
        return self._table.lines.get(key, self.line)

    def wrong(self, at: str, code: str, /, **details: object) -> None:
        """Note a problem at the key ``at``."""
        self.report.add(self.file, self.line_of(at), code, **details)

    def text(self, key: str, default: str | None = None, longest: int = LONGEST_TEXT) -> str:
        """Text on one line: runs of white space become one space. Needed unless there is a default."""
        node = self._node(key, needed=default is None)
        return (default or "") if node is None else self._text(key, node, longest)

    def name(self, key: str) -> str:
        """A title or label."""
        return self.text(key, longest=LONGEST_NAME)

    def ident(self, key: str = "id") -> str:
        """A stable id such as ``learning-culture``."""
        return self.formed(key, _ID, "learning-culture")

    def formed(self, key: str, form: re.Pattern[str], example: str) -> str:
        """Text of a given form; an empty string where it is not."""
        text = self.text(key, longest=60)
        if text and not form.fullmatch(text):
            self.wrong(key, "value.form", key=key, example=example, value=text)
            return ""
        return text

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from ``low`` to ``high``; ``3.0`` and ``three`` are not."""
        node = self._node(key, needed=default is None)
        if node is None:
            return low if default is None else default
        number = self._whole(key, node)
        if number is not None and not low <= number <= high:
            self.report.add(self.file, node.line, "value.out_of_range", key=key, low=low, high=high, value=number)
            number = None
        return low if number is None else number

    def wholes(self, key: str, low: int, high: int) -> list[int]:
        """A list of whole numbers; one out of range is a problem and left out."""
        found = []
        for item in self._items(key, needed=True):
            number = self._whole(key, item)
            if number is not None and low <= number <= high:
                found.append(number)
            elif number is not None:
                self.report.add(self.file, item.line, "value.out_of_range", key=key, low=low, high=high, value=number)
        return found

    def flag(self, key: str, default: bool | None = None) -> bool:
        """``true`` or ``false``, nothing else."""
        node = self._node(key, needed=default is None)
        if node is None:
            return bool(default)
        text = self._text(key, node, LONGEST_NAME)
        if text and text not in ("true", "false"):
            self.report.add(self.file, node.line, "value.not_flag", key=key, value=text)
        return text == "true"

    def day(self, key: str, *, needed: bool = True) -> date | None:
        """A date as ``2023-04-01``."""
        node = self._node(key, needed=needed)
        text = "" if node is None else self._text(key, node, LONGEST_NAME)
        if not text:
            return None
        if _DAY.fullmatch(text):
            with suppress(ValueError):
                return date.fromisoformat(text)
        self.wrong(key, "value.not_date", key=key, value=text)
        return None

    def choice(self, key: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        """One of the words of an enumeration; its first word where the pack's word is not known."""
        first: Choice = next(iter(kind))
        text = self.text(key, default=None if default is None else default.value, longest=LONGEST_NAME)
        if not text:
            return first
        if text not in kind.__members__.values():
            self.wrong(key, "value.choice", key=key, value=text, known=", ".join(kind))
            return first
        return kind(text)

    def texts(self, key: str, *, needed: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(text for text, _ in self.lined_texts(key, needed=needed))

    def lined_texts(self, key: str, *, needed: bool = False) -> list[tuple[str, int]]:
        """A list of texts, each with its line."""
        found = [(self._text(key, item, LONGEST_TEXT), item.line) for item in self._items(key, needed)]
        return [(text, line) for text, line in found if text]

    def tables(self, key: str, *, needed: bool = True) -> Iterator[Fields]:
        """A list of tables. Lazily, so that ``finish`` of one is told before the next is read."""
        for item in self._items(key, needed):
            if isinstance(item, Table):
                yield Fields(item, self.file, self.report)
            else:
                self.report.add(self.file, item.line, "value.not_mapping", key=key)

    def table(self, key: str, *, needed: bool = True) -> Fields | None:
        """A table inside this one."""
        node = self._node(key, needed=needed)
        if node is None:
            return None
        if isinstance(node, Table):
            return Fields(node, self.file, self.report)
        self.report.add(self.file, node.line, "value.not_mapping", key=key)
        return None

    def names(self) -> tuple[str, ...]:
        """All keys, for a table whose keys are names of the pack and not of the format."""
        return tuple(self._table.pairs)

    def skip(self, key: str) -> None:
        """Count a key as known without reading it, because what is wrong with it has been said."""
        self._asked.append(key)

    def finish(self) -> None:
        """Note every key that nobody asked for."""
        for key in self._table.pairs:
            if key not in self._asked:
                self.wrong(key, "key.unknown", key=key, known=", ".join(sorted(self._asked)) or "none")

    def _node(self, key: str, *, needed: bool) -> Node | None:
        self._asked.append(key)
        node = self._table.pairs.get(key)
        if node is None and needed:
            self.report.add(self.file, self.line, "key.missing", key=key)
        return node

    def _items(self, key: str, needed: bool) -> list[Node]:
        node = self._node(key, needed=needed)
        if isinstance(node, Listing):
            if not node.items and needed:
                self.report.add(self.file, node.line, "value.empty", key=key)
            return node.items
        if node is not None:
            self.report.add(self.file, node.line, "value.not_list", key=key)
        return []

    def _text(self, key: str, node: Node, longest: int) -> str:
        if not isinstance(node, Scalar):
            self.report.add(self.file, node.line, "value.not_text", key=key)
            return ""
        text = " ".join(node.text.split())
        if not text:
            self.report.add(self.file, node.line, "value.empty", key=key)
        elif not text.isprintable():
            self.report.add(self.file, node.line, "value.not_shown", key=key)
        elif len(text) > longest:
            self.report.add(self.file, node.line, "value.too_long", key=key, limit=longest)
        return text

    def _whole(self, key: str, node: Node) -> int | None:
        text = self._text(key, node, LONGEST_NAME)
        if text and not _WHOLE.fullmatch(text):
            self.report.add(self.file, node.line, "value.not_whole", key=key, value=text)
            return None
        return int(text) if text else None
