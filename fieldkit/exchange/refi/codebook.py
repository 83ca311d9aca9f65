"""Writing codes: into a project, and as a codebook (.qdc) of their own."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from fieldkit.exchange.refi.model import CODEBOOK_SPACE, Code, CodeBook
from fieldkit.exchange.refi.xml_out import XmlOut


def write_codes(out: XmlOut, codes: Iterable[Code]) -> None:
    """The codes with all below them, in their order."""
    for one in codes:
        facts = {
            "guid": one.guid,
            "name": one.name,
            "isCodable": "true" if one.codable else "false",
            "color": one.color,
        }
        if one.description or one.codes:
            with out.element("Code", **facts):
                out.text("Description", one.description)
                write_codes(out, one.codes)
        else:
            out.empty("Code", **facts)


def write_codebook(book: CodeBook) -> bytes:
    """The file's bytes. Raises ``ValueError`` for a book without codes, which the standard does not know."""
    if not book.codes:
        raise ValueError("a codebook has codes")
    text = io.StringIO()
    out = XmlOut(text)
    with out.element("CodeBook", xmlns=CODEBOOK_SPACE, origin=book.origin):
        with out.element("Codes"):
            write_codes(out, book.codes)
        if book.sets:
            with out.element("Sets"):
                for one in book.sets:
                    with out.element("Set", guid=one.guid, name=one.name):
                        out.text("Description", one.description)
                        for code in one.codes:
                            out.empty("MemberCode", guid=code)
    return text.getvalue().encode("utf-8")


def named_apart(codes: Sequence[Code], taken: set[str] | None = None) -> tuple[Code, ...]:
    """The codes, each with a name that no other in the whole tree has: a second one would be dropped elsewhere."""
    from dataclasses import replace

    used = set[str]() if taken is None else taken
    found = []
    for one in codes:
        name, n = one.name, 1
        while name.casefold() in used:
            n += 1
            name = f"{one.name} ({n})"
        used.add(name.casefold())
        found.append(replace(one, name=name, codes=named_apart(one.codes, used)))
    return tuple(found)
