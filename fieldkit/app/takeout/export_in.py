"""An export as it is read again: its head, the keys of its devices, its revisions exactly as signed, its files.

Only the half that proves itself is read (``docs/export.md``): what stands for people to read changes nothing here.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fieldkit.app.export import FORMAT, VERSION
from fieldkit.app.ports import DeviceKey
from fieldkit.app.takeout.json_pieces import elements
from fieldkit.domain.revision import Revision
from fieldkit.kernel.errors import Mistake, Refusal
from fieldkit.kernel.ids import AssessmentId, AuthorId, DeviceId, is_id

_HASH = 64
_MOST_DEVICES = 10_000
_MOST_FILES = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FileIn:
    """A file that lies beside the document: ``path`` relative to it, ``size`` in bytes."""

    sha256: str
    size: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportHead:
    """What an export says of itself before its revisions. ``files`` None: it was written without files."""

    assessment: AssessmentId
    name: str
    made_at: str
    app: str
    devices: Mapping[str, DeviceKey]
    files: tuple[FileIn, ...] | None


def document_of(path: Path) -> Path:
    """The document itself, where ``path`` is the folder that holds it. Raises ``Mistake('import.no_file')``."""
    found = path / "export.json" if path.is_dir() else path
    if not found.is_file():
        raise Mistake("import.no_file", field="file", file=str(path))
    return found


def read_head(document: Path) -> ExportHead:
    """Raises ``Refusal('import.not_export' | 'import.later_version' | 'import.malformed')``."""
    facts: dict[str, Any] = {}
    devices: dict[str, DeviceKey] = {}
    files: list[FileIn] | None = None
    for key, value in _read(document):
        if key == "devices":
            one = _device(value)
            if devices.setdefault(one.device, one) != one or len(devices) > _MOST_DEVICES:
                raise Refusal("import.malformed")
        elif key == "files":
            files = [] if files is None else files
            files += _file(value)
            if len(files) > _MOST_FILES:
                raise Refusal("import.malformed")
        elif key in ("format", "version", "made_at", "app", "assessment"):
            facts[key] = value
    return _head(facts, devices, files)


def read_revisions(document: Path) -> Iterator[Revision]:
    """Every revision in the order of the file; its form is checked, nothing is proved yet.

    Raises ``Refusal('import.malformed' | 'revision.malformed')``.
    """
    for key, value in _read(document):
        if key == "revisions":
            yield _revision(value)


def _read(document: Path) -> Iterator[tuple[str, Any]]:
    try:
        with document.open(encoding="utf-8") as source:
            yield from elements(source)
    except OSError as error:
        raise Mistake("import.no_file", field="file", file=str(document)) from error


def _head(facts: dict[str, Any], devices: dict[str, DeviceKey], files: list[FileIn] | None) -> ExportHead:
    if facts.get("format") != FORMAT:
        raise Refusal("import.not_export")
    version, assessment = facts.get("version"), facts.get("assessment")
    if type(version) is not int or version > VERSION:
        raise Refusal("import.later_version")
    if not isinstance(assessment, dict) or not is_id(assessment.get("id")):
        raise Refusal("import.malformed")
    return ExportHead(
        assessment=AssessmentId(assessment["id"]), name=str(assessment.get("name", ""))[:200],
        made_at=str(facts.get("made_at", ""))[:40], app=str(facts.get("app", ""))[:80], devices=devices,
        files=None if files is None else tuple(files),
    )  # fmt: skip


def _device(raw: Any) -> DeviceKey:
    try:
        if not (is_id(raw["device"]) and is_id(raw["author"])) or len(raw["public_key"]) != _HASH:
            raise ValueError("no device")
        public = bytes.fromhex(raw["public_key"])
        return DeviceKey(device=DeviceId(raw["device"]), author=AuthorId(raw["author"]), public=public)
    except (KeyError, TypeError, ValueError) as error:
        raise Refusal("import.malformed") from error


def _file(raw: Any) -> list[FileIn]:
    """The file, or nothing where it was withheld."""
    try:
        if raw["withheld"] is not None:
            return []
        sha256, size, path = raw["sha256"], raw["size"], raw["path"]
    except (KeyError, TypeError) as error:
        raise Refusal("import.malformed") from error
    if not isinstance(sha256, str) or len(sha256) != _HASH or type(size) is not int or not isinstance(path, str):
        raise Refusal("import.malformed")
    return [FileIn(sha256=sha256, size=size, path=path)]


def _revision(raw: Any) -> Revision:
    try:
        revision = Revision.read(
            _exact(raw, "envelope") or b"", base64.b64decode(raw["signature"], validate=True), _exact(raw, "content"),
            base64.b64decode(raw["salt"], validate=True) if "salt" in raw else None,
        )  # fmt: skip
        is_named = raw["hash"] == revision.hash
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refusal("import.malformed") from error
    if not is_named:
        raise Refusal("import.altered", what=revision.envelope.id)
    return revision


def _exact(raw: Mapping[str, Any], name: str) -> bytes | None:
    """The very bytes: text as UTF-8, or base64 where they were none."""
    if name in raw:
        return bytes(raw[name].encode("utf-8"))
    return base64.b64decode(raw[f"{name}_base64"], validate=True) if f"{name}_base64" in raw else None
