"""What is pasted: its plain words, cleaned of what nobody sees, and where it came from, so that a note says so.

Only what has no shape on the page is taken out: soft hyphens, zero-width spaces, control characters. Quotation marks,
dashes, hard spaces, the joiners inside emoji and the marks of right-to-left words stay as they were.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

LONGEST = 20_000
"""Characters that go into a field at once: some eight pages. A longer text is a document, to be attached."""
_LOOKED_AT = 20_000
"""Bytes at the start of the HTML in which a program names itself."""

_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\u202d\u202e\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_LINE_END = re.compile(r"[ \t]+(?=\n|\Z)")
_GAP = re.compile(r"\n{3,}")

_HTML_SIGNS = (
    ("Excel", ("excel.sheet", "office:excel", "microsoft excel")),
    ("e-mail", ("gmail_", "microsoft outlook", "x-apple-mail", "moz-cite-prefix", "olk-copy-source", "<!-- outlook")),
    ("Google Sheets", ("google-sheets-html-origin",)),
    ("Google Docs", ("docs-internal-guid",)),
    ("LibreOffice", ("libreoffice", "openoffice")),
    ("Word", ("word.document", "office:word", "microsoft word", "class=msonormal", 'class="msonormal', "mso-")),
    ("PowerPoint", ("powerpoint",)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """``source`` is a program's name, or empty where nothing says which; ``left_out`` counts characters too many."""

    words: str
    source: str = ""
    left_out: int = 0


def read_paste(text: str, html: bytes = b"", kinds: Collection[str] = ()) -> Pasted:
    """The words to put into a field. ``kinds`` are the MIME types on the clipboard."""
    words = clean(text[: 2 * LONGEST])
    kept = words[:LONGEST]
    left_out = max(len(words) - LONGEST, 0) + max(len(text) - 2 * LONGEST, 0)
    return Pasted(words=kept, source=source_of(html, kinds), left_out=left_out)


def clean(text: str) -> str:
    """Without what is not seen; lines end in one way, and no more than one is empty."""
    lines = _UNSEEN.sub("", _BREAKS.sub("\n", text))
    return _GAP.sub("\n\n", _LINE_END.sub("", lines)).strip("\n")


def source_of(html: bytes, kinds: Collection[str] = ()) -> str:
    """The program that the clipboard's contents name."""
    head = html[:_LOOKED_AT].decode("utf-16-le" if b"\x00" in html[:8] else "utf-8", "replace").lower()
    for name, signs in _HTML_SIGNS:
        if any(sign in head for sign in signs):
            return name
    listed = " ".join(kinds).lower()
    if "message/rfc822" in listed or "text/x-moz-message" in listed:
        return "e-mail"
    if "spreadsheet" in listed or "biff" in listed:
        return "a spreadsheet"
    if "openoffice" in listed or "starembed" in listed:
        return "LibreOffice"
    return "a web page" if "<" in head else ""


def origin_of(pasted: Collection[tuple[str, str]], text: str) -> str:
    """What a note says of where its words came from: empty where all of them were typed."""
    if not pasted:
        return ""
    names = [name for name in dict.fromkeys(source for source, _ in pasted) if name]
    whence = f" from {' and '.join(names)}" if names else ""
    said, came = " ".join(text.split()), [" ".join(words.split()) for _, words in pasted]
    if said == " ".join(came):
        return f"Pasted{whence}"
    if all(words in said for words in came):
        return f"Typed, with words pasted{whence}"
    return f"Pasted{whence} and changed"
