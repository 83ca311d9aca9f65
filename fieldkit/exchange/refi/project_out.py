"""Writing a project (.qdpx): a ZIP with ``project.qde`` at its root, the texts and files in ``sources/``.

Texts are written without byte order mark and with line feeds alone, each as a file: embedded text makes the most used
reader stop. The same project gives the same bytes, so that two exports can be compared.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, TypeVar

from fieldkit.exchange.refi.codebook import write_codes
from fieldkit.exchange.refi.model import (
    DOCUMENT,
    PROJECT_SPACE,
    SOURCES,
    Case,
    Coding,
    MediaSource,
    Project,
    Selection,
    TextSource,
    Value,
    VariableValue,
)
from fieldkit.exchange.refi.xml_out import XmlOut, moment

T = TypeVar("T")
_MADE = (2000, 1, 1, 0, 0, 0)
_HELD = 2**22
"""Bytes of ``project.qde`` that stay in memory; more of it waits in a file until the texts are written."""


def write_project(
    project: Project, target: IO[bytes], tell: Callable[[str], None] = lambda name: None, folder: Path | None = None
) -> None:
    """Write the package; ``tell`` hears the name of each text, and may raise to end it.

    What does not fit into memory waits in ``folder``: words in clear lie nowhere but where they were asked for.
    """
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package,
        tempfile.SpooledTemporaryFile(
            _HELD, "w+", encoding="utf-8", newline="\n", dir=str(folder) if folder else None
        ) as document,
    ):
        _project(XmlOut(document), project, package, tell)
        document.seek(0)
        with package.open(_info(DOCUMENT), "w", force_zip64=True) as entry:
            while piece := document.read(2**18):
                entry.write(piece.encode("utf-8"))


def write_project_file(project: Project, path: Path, tell: Callable[[str], None] = lambda name: None) -> None:
    """The same into a file."""
    with path.open("wb") as target:
        write_project(project, target, tell, path.parent)


def _project(out: XmlOut, project: Project, package: zipfile.ZipFile, tell: Callable[[str], None]) -> None:
    with out.element(
        "Project", xmlns=PROJECT_SPACE, name=project.name or "Project", origin=project.origin,
        creatingUserGUID=project.user, creationDateTime=moment(project.at),
    ):  # fmt: skip
        _members(out, "Users", project.users, lambda one: out.empty("User", guid=one.guid, name=one.name, id=one.id))
        if project.codes:
            with out.element("CodeBook"), out.element("Codes"):
                write_codes(out, project.codes)
        _variables(out, project)
        _members(out, "Cases", project.cases, lambda one: _case(out, one))
        _texts(out, "Sources", "TextSource", project.sources, package, tell)
        _texts(out, "Notes", "Note", project.notes, package, tell)
        _members(
            out, "Links", project.links,
            lambda one: out.empty(
                "Link", guid=one.guid, name=one.name, direction=one.direction, originGUID=one.origin,
                targetGUID=one.target,
            ),
        )  # fmt: skip
        _sets(out, project)
        out.text("Description", project.description)


def _members(out: XmlOut, name: str, members: Sequence[T], write: Callable[[T], None]) -> None:
    """A container with its members; the standard knows no empty one."""
    if members:
        with out.element(name):
            for one in members:
                write(one)


def _variables(out: XmlOut, project: Project) -> None:
    if project.variables:
        with out.element("Variables"):
            for one in project.variables:
                with out.element("Variable", guid=one.guid, name=one.name, typeOfVariable=one.kind):
                    out.text("Description", one.description)


def _sets(out: XmlOut, project: Project) -> None:
    if project.sets:
        with out.element("Sets"):
            for one in project.sets:
                with out.element("Set", guid=one.guid, name=one.name):
                    out.text("Description", one.description)
                    _refs(out, "MemberCode", one.codes)
                    _refs(out, "MemberSource", one.sources)
                    _refs(out, "MemberNote", one.notes)


def _case(out: XmlOut, one: Case) -> None:
    with out.element("Case", guid=one.guid, name=one.name):
        out.text("Description", one.description)
        _refs(out, "CodeRef", one.codes)
        _values(out, one.values)
        _refs(out, "SourceRef", one.sources)
        _refs(out, "SelectionRef", one.selections)


def _texts(
    out: XmlOut, container: str, name: str, texts: Iterable[TextSource | MediaSource], package: zipfile.ZipFile,
    tell: Callable[[str], None],
) -> None:  # fmt: skip
    """Each text goes into the package as it comes; the container is not begun before the first."""
    each = iter(texts)
    first = next(each, None)
    if first is None:
        return
    with out.element(container):
        one: TextSource | MediaSource | None = first
        while one is not None:
            tell(one.name)
            if isinstance(one, MediaSource):
                _media(out, one, package)
            else:
                package.writestr(_info(f"{SOURCES}/{one.guid}.txt"), one.text.encode("utf-8"))
                _text(out, name, one)
            one = next(each, None)


def _media(out: XmlOut, one: MediaSource, package: zipfile.ZipFile) -> None:
    info = _info(f"{SOURCES}/{one.file}")
    info.compress_type = zipfile.ZIP_STORED  # pictures, sound and PDFs are packed already
    with package.open(info, "w", force_zip64=True) as entry:
        for piece in one.pieces():
            entry.write(piece)
    with out.element(
        one.kind.value, guid=one.guid, name=one.name, path=f"internal://{one.file}", creatingUser=one.user,
        creationDateTime=moment(one.at),
    ):  # fmt: skip
        out.text("Description", one.description)
        for coding in one.codings:
            _coding(out, coding)
        _values(out, one.values)


def _text(out: XmlOut, name: str, one: TextSource) -> None:
    with out.element(
        name, guid=one.guid, name=one.name, plainTextPath=f"internal://{one.guid}.txt", creatingUser=one.user,
        creationDateTime=moment(one.at),
    ):  # fmt: skip
        out.text("Description", one.description)
        for selection in one.selections:
            _selection(out, selection)
        _values(out, one.values)


def _selection(out: XmlOut, one: Selection) -> None:
    with out.element(
        "PlainTextSelection", guid=one.guid, name=one.name, startPosition=str(one.start), endPosition=str(one.end),
        creatingUser=one.user, creationDateTime=moment(one.at),
    ):  # fmt: skip
        out.text("Description", one.description)
        for coding in one.codings:
            _coding(out, coding)


def _coding(out: XmlOut, one: Coding) -> None:
    with out.element("Coding", guid=one.guid, creatingUser=one.user, creationDateTime=moment(one.at)):
        out.empty("CodeRef", targetGUID=one.code)


def _values(out: XmlOut, values: Iterable[VariableValue]) -> None:
    for one in values:
        with out.element("VariableValue"):
            out.empty("VariableRef", targetGUID=one.variable)
            out.text(*_value(one.value))


def _value(value: Value) -> tuple[str, str]:
    if isinstance(value, bool):
        return "BooleanValue", "true" if value else "false"
    if isinstance(value, int):
        return "IntegerValue", str(value)
    if isinstance(value, datetime):
        return "DateTimeValue", moment(value) or ""
    if isinstance(value, date):
        return "DateValue", value.isoformat()
    return "TextValue", value


def _refs(out: XmlOut, name: str, targets: Iterable[str]) -> None:
    for one in targets:
        out.empty(name, targetGUID=one)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _MADE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info
