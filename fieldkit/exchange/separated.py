"""CSV as it is found: in UTF-8, UTF-16 or Windows-1252, with commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from typing import Final

from fieldkit.exchange.cells import cut_short, rows_cut_short, text_of
from fieldkit.exchange.tables import LARGEST_FILE, enough
from fieldkit.kernel.errors import Mistake

_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS: Final = ",;\t"
_SAMPLE: Final = 20
"""Lines by which the separator is told."""


def read_separated(data: bytes, file: str) -> tuple[tuple[str, ...], ...]:
    """The rows. Raises ``Mistake`` ``spreadsheet.other_kind`` for what is no text, or as ``enough`` does."""
    text = decoded(data)
    if (
        "\0" in text
        or sum(not (char.isprintable() or char in "\r\n\t\f\v") for char in text[:4096]) > len(text[:4096]) // 20
    ):
        raise Mistake("spreadsheet.other_kind", file=file)
    csv.field_size_limit(LARGEST_FILE)  # the module stops at 131,072 characters, and a comment has no limit
    rows = []
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text)), start=1):
        row = cut_short(map(text_of, cells))
        enough(number if row else 0, len(row), file, file)
        rows.append(row)
    return rows_cut_short(rows)


def decoded(data: bytes) -> str:
    """The text of a file that does not say how it is written: its mark decides, then UTF-8, then Windows-1252."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if len(data) > 3 and data[1] == 0 and data[3] == 0 and data[0]:
        return data.decode("utf-16-le", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def separator_of(text: str) -> str:
    """The separator that stands most often outside quotes in the first lines; a comma where none does."""
    counts = dict.fromkeys(_SEPARATORS, 0)
    quoted, lines = False, 0
    for char in text[:100_000]:
        if char == '"':
            quoted = not quoted
        elif char in counts and not quoted:
            counts[char] += 1
        elif char == "\n" and not quoted:
            lines += 1
            if lines == _SAMPLE:
                break
    return max(_SEPARATORS, key=lambda one: counts[one])
