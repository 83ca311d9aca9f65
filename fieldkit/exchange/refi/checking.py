"""What the schema of a project does not check: references, positions, names, files.

References are no xsd:IDREF, so a file that is valid by the schema may still lose every coding in another program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.exchange.refi.model import DOCUMENT, SOURCES, MediaKind
from fieldkit.exchange.refi.package import Package, guid_of, name_of, tree_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_INTERNAL = "internal://"
_MEDIA = frozenset(one.value for one in MediaKind)
_SOURCE = frozenset({"TextSource", *_MEDIA})
_REFERS = {
    "CodeRef": {"Code"}, "MemberCode": {"Code"}, "VariableRef": {"Variable"}, "SourceRef": _SOURCE,
    "MemberSource": _SOURCE, "SelectionRef": {"PlainTextSelection"}, "MemberNote": {"Note"}, "NoteRef": {"Note"},
}  # fmt: skip
_CASE_AS_CODE = {"Case", "Code"}
"""One reader makes the text of a case of the codings of a code with the case's GUID: written on demand only."""
_USERS = ("creatingUser", "modifyingUser", "creatingUserGUID", "modifyingUserGUID")


@dataclass(slots=True, kw_only=True)
class _Seen:
    kinds: dict[str, set[str]] = field(default_factory=dict)
    found: list[str] = field(default_factory=list)
    paths: set[str] = field(default_factory=set)


def check_project(path: Path) -> list[str]:
    """Everything that is wrong with a package, in sentences for whoever wrote the writer; empty: nothing is.

    Raises ``Mistake('refi.…')`` for what is no package at all.
    """
    with Package(path) as package:
        if package.names.count(DOCUMENT) != 1:
            return [f"there is no single {DOCUMENT} at the root"]
        root = tree_of(package.read(DOCUMENT), path.name)
        seen = _Seen()
        _guids(root, seen)
        for element in root.iter():
            _references(element, seen)
            if name_of(element) in ("TextSource", "Note"):
                _text(element, package, seen)
            elif name_of(element) in _MEDIA:
                _file(element, package, seen)
        _names(root, seen)
        seen.found += [f"{name} is named by nothing" for name in package.names if name not in {DOCUMENT, *seen.paths}]
    return seen.found


def _guids(root: Element, seen: _Seen) -> None:
    for element in root.iter():
        if guid := guid_of(element.get("guid")):
            kinds = seen.kinds.setdefault(guid, set())
            if kinds and kinds | {name_of(element)} != _CASE_AS_CODE:
                seen.found.append(f"{name_of(element)} {guid}: its GUID is used twice")
            kinds.add(name_of(element))


def _references(element: Element, seen: _Seen) -> None:
    name = name_of(element)
    if name in _REFERS and not seen.kinds.get(guid_of(element.get("targetGUID")), set()) & _REFERS[name]:
        seen.found.append(f"{name} {element.get('targetGUID')}: leads nowhere")
    if name == "Link":
        for end in ("originGUID", "targetGUID"):
            if guid_of(element.get(end)) not in seen.kinds:
                seen.found.append(f"Link {element.get('guid')}: its {end} leads nowhere")
    for key in _USERS:
        if element.get(key) and "User" not in seen.kinds.get(guid_of(element.get(key)), ()):
            seen.found.append(f"{name} {element.get('guid')}: its {key} is no user")


def _file(element: Element, package: Package, seen: _Seen) -> None:
    path = element.get("path") or ""
    file = f"{SOURCES}/{path.removeprefix(_INTERNAL)}"
    if not path.startswith(_INTERNAL) or "/" in path.removeprefix(_INTERNAL) or file not in package.names:
        seen.found.append(f"{name_of(element)} {element.get('guid')}: {path or 'no path'} is not in the package")
        return
    seen.paths.add(file)


def _text(element: Element, package: Package, seen: _Seen) -> None:
    guid, path = element.get("guid"), element.get("plainTextPath") or ""
    embedded = next((one for one in element if name_of(one) == "PlainTextContent"), None)
    if (embedded is not None) == bool(path):
        seen.found.append(f"text {guid}: either embedded or a path, not both")
    if name_of(element) == "Note" and not (element.get("creationDateTime") or element.get("modifiedDateTime")):
        seen.found.append(f"note {guid}: has no date")
    file = f"{SOURCES}/{path.removeprefix(_INTERNAL)}"
    if not path.startswith(_INTERNAL) or "/" in path.removeprefix(_INTERNAL) or file not in package.names:
        seen.found.append(f"text {guid}: {path or 'no path'} is not in the package")
        return
    seen.paths.add(file)
    data = package.read(file)
    if data.startswith(b"\xef\xbb\xbf") or b"\r" in data:
        seen.found.append(f"text {guid}: has a byte order mark or carriage returns")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        seen.found.append(f"text {guid}: is not UTF-8")
        return
    seen.found += _positions(element, len(text))


def _positions(element: Element, length: int) -> Iterator[str]:
    for one in element:
        if name_of(one) == "PlainTextSelection":
            start, end = int(one.get("startPosition") or -1), int(one.get("endPosition") or -1)
            if not 0 <= start < end <= length:
                yield f"selection {one.get('guid')}: {start} to {end} is not within 0 to {length}"


def _names(root: Element, seen: _Seen) -> None:
    names = Counter((one.get("name") or "").casefold() for one in root.iter() if name_of(one) == "Code")
    seen.found += [f"code ‘{name}’: {count} codes have this name" for name, count in names.items() if count > 1]
