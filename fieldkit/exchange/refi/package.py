"""Opening a package of any program: within limits, by names only, and nothing of it is ever unpacked to a disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from fieldkit.kernel.errors import Mistake

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST_FILE = 200 * 2**20
"""Bytes of a package or codebook on disk; films lie beside a project, not in it."""
LARGEST_TEXT = 32 * 2**20
"""Bytes of one text, or of the document, once unpacked."""
MOST_ENTRIES = 20_000
_PIECE = 2**18


class Package:
    """The entries of a package by name; ``close`` when done.

    Raises ``Mistake('refi.no_file' | 'refi.too_large' | 'refi.not_package')``.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.name
        try:
            if path.stat().st_size > LARGEST_FILE:
                raise Mistake("refi.too_large", file=path.name, most=LARGEST_FILE // 2**20)
            self._zip = zipfile.ZipFile(path)
        except OSError as error:
            raise Mistake("refi.no_file", field="file", file=str(path)) from error
        except (zipfile.BadZipFile, ValueError) as error:
            raise Mistake("refi.not_package", file=path.name) from error
        names = self._zip.namelist()
        if len(names) > MOST_ENTRIES or len(set(names)) != len(names):
            self._zip.close()
            raise Mistake("refi.not_package", file=path.name)
        self.names = tuple(names)

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def read(self, name: str) -> bytes:
        """All bytes of one entry. Raises ``Mistake('refi.not_package' | 'refi.too_large')``."""
        found = io.BytesIO()
        try:
            with self._zip.open(name) as entry:
                for piece in _pieces(entry):
                    found.write(piece)
                    if found.tell() > LARGEST_TEXT:
                        raise Mistake("refi.too_large", file=self._file, most=LARGEST_TEXT // 2**20)
        except (
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            EOFError,
            OSError,
            KeyError,
        ) as error:
            raise Mistake("refi.not_package", file=self._file) from error
        return found.getvalue()


def _pieces(entry: IO[bytes]) -> Iterator[bytes]:
    while piece := entry.read(_PIECE):
        yield piece


def tree_of(data: bytes, file: str) -> Element:
    """The root of a document. Raises ``Mistake('refi.not_xml')``, also for one that declares entities or a DTD."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise Mistake("refi.not_xml", file=file) from error
    return root


def name_of(element: Element) -> str:
    """The element's name without its namespace: old files carry others, one tool wrote a colon for a dot."""
    return str(element.tag).rpartition("}")[2]


def guid_of(text: str | None) -> str:
    """In the one spelling that is compared: lower case, without braces."""
    return (text or "").strip().strip("{}").lower()
