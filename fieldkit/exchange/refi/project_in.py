"""Reading a project of any program, leniently, with a list of every loss."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.exchange.refi.codebook_in import read_codes
from fieldkit.exchange.refi.model import (
    PROJECT_SPACE,
    Case,
    Code,
    Coding,
    Link,
    Losses,
    MediaKind,
    MediaSource,
    Project,
    Selection,
    Set,
    TextSource,
    User,
    Variable,
    VariableValue,
)
from fieldkit.exchange.refi.package import Package, guid_of, name_of, tree_of
from fieldkit.kernel.errors import Mistake

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MEDIA = {one.value: one for one in MediaKind}
_VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")


def read_project(path: Path) -> tuple[Project, Losses]:
    """All of it. Raises ``Mistake('refi.…')`` for what is no package, or holds no single project."""
    losses = Losses()
    with Package(path) as package:
        documents = [name for name in package.names if name.lower().endswith(".qde")]
        if len(documents) != 1:
            raise Mistake("refi.not_package", file=path.name)
        root = tree_of(package.read(documents[0]), path.name)
        if name_of(root) != "Project":
            raise Mistake("refi.not_package", file=path.name)
        if not str(root.tag).startswith(f"{{{PROJECT_SPACE}}}"):
            losses.add("namespace", str(root.tag).partition("}")[0].strip("{"))
        return _project(root, _Reader(package, losses)), losses


class _Reader:
    def __init__(self, package: Package, losses: Losses) -> None:
        self.losses = losses
        self._package = package
        self._by_name = {name.replace("\\", "/").lower(): name for name in package.names}

    def media(self, element: Element, name: str) -> str:
        """The name of a file that lies in the package; empty, and a loss, where it does not."""
        path = element.get("path") or ""
        file = path.removeprefix("internal://").lstrip("/")
        if not path.startswith("internal://") or f"sources/{file.lower()}" not in self._by_name:
            self.losses.add("media", name)
            return ""
        return file

    def text(self, element: Element, name: str) -> str | None:
        """The text with line feeds alone is made of this: as it lies there, without a byte order mark."""
        embedded = next((one for one in element if name_of(one) == "PlainTextContent"), None)
        if embedded is not None:
            return embedded.text or ""
        path = element.get("plainTextPath") or ""
        if not path.startswith("internal://"):
            self.losses.add("text_elsewhere", name)
            return None
        file = self._by_name.get(f"sources/{path.removeprefix('internal://').lstrip('/').lower()}")
        if file is None:
            self.losses.add("text_missing", name)
            return None
        try:
            return self._package.read(file).decode("utf-8-sig")
        except UnicodeDecodeError:
            self.losses.add("text_not_utf8", name)
            return None


def _project(root: Element, reader: _Reader) -> Project:
    parts = {name_of(one): one for one in root}
    for name in parts:
        if name == "Graphs":
            reader.losses.add("element", name)
    codes: tuple[Code, ...] = read_codes(parts["CodeBook"], reader.losses) if "CodeBook" in parts else ()
    return Project(
        name=root.get("name") or "", origin=root.get("origin") or "", at=_moment(root.get("creationDateTime")),
        user=guid_of(root.get("creatingUserGUID")), description=_description(root),
        users=tuple(
            User(guid=guid_of(one.get("guid")), name=one.get("name") or "", id=one.get("id") or "")
            for one in parts.get("Users", ())
        ),
        codes=codes, variables=tuple(_variable(one) for one in parts.get("Variables", ())),
        cases=tuple(_case(one) for one in parts.get("Cases", ())),
        sources=tuple(_sources(parts.get("Sources"), reader)),
        notes=tuple(one for one in _sources(parts.get("Notes"), reader) if isinstance(one, TextSource)),
        links=tuple(_link(one) for one in parts.get("Links", ())),
        sets=tuple(_set(one) for one in parts.get("Sets", ())),
    )  # fmt: skip


def _sources(parent: Element | None, reader: _Reader) -> Iterator[TextSource | MediaSource]:
    for one in () if parent is None else parent:
        name = one.get("name") or one.get("guid") or ""
        if name_of(one) in _MEDIA:
            if file := reader.media(one, name):
                yield _media(one, name, file, reader.losses)
            continue
        if name_of(one) == "VideoSource":
            reader.losses.add("media", name)
            continue
        text = reader.text(one, name)
        if text is not None:
            yield _text(one, name, text, reader.losses)


def _media(element: Element, name: str, file: str, losses: Losses) -> MediaSource:
    """Codes on a part of a picture, a page or a time are a loss: only the whole is kept."""
    for one in element:
        if name_of(one).endswith("Selection") or name_of(one) in ("Transcript", "Representation", "TextDescription"):
            losses.add("element", name_of(one))
    return MediaSource(
        guid=guid_of(element.get("guid")), name=name, kind=_MEDIA[name_of(element)], file=file,
        user=guid_of(element.get("creatingUser")), at=_moment(element.get("creationDateTime")),
        description=_description(element), values=_values(element),
        codings=tuple(_coding(one) for one in element if name_of(one) == "Coding"),
    )  # fmt: skip


def _text(element: Element, name: str, text: str, losses: Losses) -> TextSource:
    """Positions count in the text as it lies there; what is given has line feeds alone and positions to match."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    marks = _marks(text) if plain != text else None
    if marks is not None:
        losses.add("carriage_returns", name)
    selections = [
        found for one in element
        if name_of(one) == "PlainTextSelection" and (found := _selection(one, len(text), marks, losses)) is not None
    ]  # fmt: skip
    return TextSource(
        guid=guid_of(element.get("guid")), name=name, text=plain, user=guid_of(element.get("creatingUser")),
        at=_moment(element.get("creationDateTime")), description=_description(element),
        selections=tuple(selections), values=_values(element),
    )  # fmt: skip


def _marks(text: str) -> list[int]:
    """For each position of ``text`` the one after carriage returns are taken out."""
    found, gone = [0], 0
    for at, letter in enumerate(text):
        gone += letter == "\r" and text[at + 1 : at + 2] == "\n"
        found.append(at + 1 - gone)
    return found


def _selection(element: Element, length: int, marks: list[int] | None, losses: Losses) -> Selection | None:
    name = element.get("name") or ""
    try:
        start, end = int(element.get("startPosition") or ""), int(element.get("endPosition") or "")
    except ValueError:
        start = end = -1
    if not 0 <= start < end <= length:
        losses.add("position", name)
        return None
    if marks is not None:
        start, end = marks[start], marks[end]
    return Selection(
        guid=guid_of(element.get("guid")), name=name, start=start, end=end, user=guid_of(element.get("creatingUser")),
        at=_moment(element.get("creationDateTime")), description=_description(element),
        codings=tuple(_coding(one) for one in element if name_of(one) == "Coding"),
    )  # fmt: skip


def _coding(element: Element) -> Coding:
    return Coding(
        guid=guid_of(element.get("guid")), code=_target(element, "CodeRef"),
        user=guid_of(element.get("creatingUser")), at=_moment(element.get("creationDateTime")),
    )  # fmt: skip


def _case(element: Element) -> Case:
    return Case(
        guid=guid_of(element.get("guid")), name=element.get("name") or "", description=_description(element),
        values=_values(element), sources=_targets(element, "SourceRef"), selections=_targets(element, "SelectionRef"),
        codes=_targets(element, "CodeRef"),
    )  # fmt: skip


def _values(element: Element) -> tuple[VariableValue, ...]:
    found = []
    for one in element:
        said = next((each for each in one if name_of(each) in _VALUES), None)
        if name_of(one) == "VariableValue" and said is not None:
            found.append(VariableValue(variable=_target(one, "VariableRef"), value=said.text or ""))
    return tuple(found)


def _variable(element: Element) -> Variable:
    return Variable(
        guid=guid_of(element.get("guid")), name=element.get("name") or "", kind=element.get("typeOfVariable") or "Text",
        description=_description(element),
    )  # fmt: skip


def _link(element: Element) -> Link:
    return Link(
        guid=guid_of(element.get("guid")), name=element.get("name") or "", origin=guid_of(element.get("originGUID")),
        target=guid_of(element.get("targetGUID")), direction=element.get("direction") or "Associative",
    )  # fmt: skip


def _set(element: Element) -> Set:
    return Set(
        guid=guid_of(element.get("guid")), name=element.get("name") or "", description=_description(element),
        codes=_targets(element, "MemberCode"), sources=_targets(element, "MemberSource"),
        notes=_targets(element, "MemberNote"),
    )  # fmt: skip


def _targets(element: Element, name: str) -> tuple[str, ...]:
    return tuple(guid_of(one.get("targetGUID") or one.get("guid")) for one in element if name_of(one) == name)


def _target(element: Element, name: str) -> str:
    return next(iter(_targets(element, name)), "")


def _description(element: Element) -> str:
    return next((one.text or "" for one in element if name_of(one) == "Description"), "")


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
