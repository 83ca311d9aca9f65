"""The words of text files and of Word documents, and nothing else: no macro, link, picture or field is opened."""

from __future__ import annotations

import zipfile
from typing import IO, Any

from fieldkit.kernel.errors import Mistake, Trouble

LONGEST = 1_000_000
"""Characters shown of one file."""

_LARGEST_PART = 60 * 2**20
"""Bytes of a document's text, unpacked: 20,000 pages. More is a bomb."""

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {_WORD + "tab": "\t", _WORD + "br": "\n", _WORD + "cr": "\n", _WORD + "noBreakHyphen": "-"}


def read_text(file: IO[bytes]) -> str:
    """A text as it was meant: UTF-8, UTF-16 with its mark, or Windows-1252."""
    data = file.read(4 * LONGEST)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            is_cut = error.start > len(data) - 4
            text = data.decode("utf-8-sig" if is_cut else "cp1252", "replace")
    return _shown(text)


def read_docx(file: IO[bytes]) -> str:
    """The paragraphs of a Word document, a line each. Raises ``Trouble('attach.not_a_document')``."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        with zipfile.ZipFile(file) as archive:
            with archive.open("word/document.xml") as part:
                data = part.read(_LARGEST_PART + 1)
            if len(data) > _LARGEST_PART:
                raise Mistake("attach.too_large_to_show")
            root = fromstring(data, forbid_dtd=True)
    except (zipfile.BadZipFile, KeyError, ParseError, DefusedXmlException, OSError, ValueError, EOFError) as error:
        raise Trouble("attach.not_a_document") from error
    except (RuntimeError, zipfile.LargeZipFile) as error:  # encrypted, or packed in an odd way
        raise Trouble("attach.not_a_document") from error
    return _shown("\n".join(_paragraph(one) for one in root.iter(_WORD + "p")))


def _paragraph(one: Any) -> str:
    return "".join(part.text or "" if part.tag == _WORD + "t" else _BREAKS.get(part.tag, "") for part in one.iter())


def _shown(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return plain if len(plain) <= LONGEST else plain[:LONGEST] + "\n…"
