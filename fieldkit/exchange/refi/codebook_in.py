"""Reading codes of any program, leniently: every namespace, braces, either spelling of members, empty containers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.exchange.refi.model import CODEBOOK_SPACE, Code, CodeBook, Losses, Set
from fieldkit.exchange.refi.package import LARGEST_TEXT, guid_of, name_of, tree_of
from fieldkit.kernel.errors import Mistake

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_CODES = 10_000
DEEPEST = 50


def read_codebook(path: Path) -> tuple[CodeBook, Losses]:
    """Raises ``Mistake('refi.no_file' | 'refi.too_large' | 'refi.not_xml' | 'refi.not_codebook')``."""
    try:
        if path.stat().st_size > LARGEST_TEXT:
            raise Mistake("refi.too_large", file=path.name, most=LARGEST_TEXT // 2**20)
        data = path.read_bytes()
    except OSError as error:
        raise Mistake("refi.no_file", field="file", file=str(path)) from error
    return codebook_of(data, path.name)


def codebook_of(data: bytes, file: str) -> tuple[CodeBook, Losses]:
    """The same of bytes at hand."""
    root, losses = tree_of(data, file), Losses()
    if name_of(root) != "CodeBook":
        raise Mistake("refi.not_codebook", file=file)
    if not str(root.tag).startswith(f"{{{CODEBOOK_SPACE}}}"):
        losses.add("namespace", str(root.tag).partition("}")[0].strip("{"))
    codes = read_codes(root, losses)
    if not codes:
        raise Mistake("refi.not_codebook", file=file)
    sets = tuple(_set(one) for one in root.iter() if name_of(one) == "Set")
    return CodeBook(origin=root.get("origin") or "", codes=codes, sets=sets), losses


def read_codes(parent: Element, losses: Losses) -> tuple[Code, ...]:
    """The codes in the ``Codes`` of a codebook. Raises ``Mistake('refi.too_many_codes')``."""
    count = sum(name_of(one) == "Code" for one in parent.iter())
    if count > MOST_CODES:
        raise Mistake("refi.too_many_codes", most=MOST_CODES)
    lists = [one for one in parent if name_of(one) == "Codes"]
    seen: set[str] = set()
    return tuple(
        code for each in lists for one in each if (code := _code(one, losses, seen, 1)) is not None
    )  # fmt: skip


def _code(element: Element, losses: Losses, seen: set[str], depth: int) -> Code | None:
    name, guid = (element.get("name") or "").strip(), guid_of(element.get("guid"))
    if name_of(element) != "Code":
        losses.add("element", name_of(element))
        return None
    if not name or depth > DEEPEST:
        losses.add("code_unnamed" if not name else "code_too_deep", name)
        return None
    if guid in seen:
        losses.add("guid_twice", name)
    seen.add(guid)
    below, description = [], ""
    for one in element:
        if name_of(one) == "Description":
            description = (one.text or "").strip()
        elif name_of(one) == "Code":
            below.append(_code(one, losses, seen, depth + 1))
        else:
            losses.add("element", name_of(one))
    return Code(
        guid=guid, name=name, codable=(element.get("isCodable") or "true").strip().lower() in ("true", "1"),
        color=element.get("color") or "", description=description, codes=tuple(one for one in below if one is not None),
    )  # fmt: skip


def _set(element: Element) -> Set:
    members = tuple(
        guid_of(one.get("guid") or one.get("targetGUID")) for one in element if name_of(one) == "MemberCode"
    )
    return Set(guid=guid_of(element.get("guid")), name=element.get("name") or "", codes=members)
