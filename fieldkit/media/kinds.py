"""What a file is, told by its bytes and never by its name: a name can say anything."""

from __future__ import annotations

import unicodedata

SNIFFED = 64 * 1024
"""Bytes of the beginning that are looked at."""

UNKNOWN = "application/octet-stream"
TEXT = "text/plain"
HEIC = "image/heic"
"""Photos of iPhones: kept whole, and not drawn (decision 0122)."""
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/tiff", "image/bmp", HEIC})
SOUNDS = frozenset({"audio/wav", "audio/mpeg", "audio/flac", "audio/ogg", "audio/mp4"})

_LONGEST_NAME = 180
_BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"), (b"II*\0", "image/tiff"), (b"MM\0*", "image/tiff"), (b"BM", "image/bmp"),
    (b"fLaC", "audio/flac"), (b"OggS", "audio/ogg"), (b"ID3", "audio/mpeg"), (b"\xff\xfb", "audio/mpeg"),
    (b"{\\rtf", "text/rtf"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x1f\x8b", "application/gzip"), (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
)  # fmt: skip
_IN_ZIP = (
    (b"word/", DOCX), (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)  # fmt: skip
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), HEIC),
    b"M4A ": "audio/mp4",
}  # fmt: skip
_NAMED = {
    "image/jpeg": "Photo", "image/png": "Picture", "image/gif": "Picture", "image/webp": "Picture",
    "image/tiff": "Scan", "image/bmp": "Picture", HEIC: "Photo", PDF: "PDF", DOCX: "Word document",
    TEXT: "Text", "text/rtf": "Text with formatting", "text/csv": "Table", "application/zip": "Archive",
    _IN_ZIP[1][1]: "Spreadsheet", _IN_ZIP[2][1]: "Presentation", "application/x-ole-storage": "Older Office document",
}  # fmt: skip


def kind_of(head: bytes) -> str:
    """The media type of a file that begins so."""
    if head.startswith(b"PK\x03\x04"):
        return next((media for folder, media in _IN_ZIP if folder in head), "application/zip")
    if b"%PDF-" in head[:1024]:
        return PDF
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    for beginning, media in _BEGINNINGS:
        if head.startswith(beginning):
            return media
    return TEXT if looks_like_text(head) else UNKNOWN


def looks_like_text(head: bytes) -> bool:
    """Whether this reads as UTF-8 or UTF-16, or is a text of Windows without control characters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)


def spoken(media: str) -> str:
    """A media type in a word: ``Photo``, ``PDF``, ``Sound recording``, ``File``."""
    if media in _NAMED:
        return _NAMED[media]
    return {"audio": "Sound recording", "video": "Video", "image": "Picture"}.get(media.partition("/")[0], "File")


def plain_name(name: str) -> str:
    """A file's name as it may be shown and kept: no folder, no control or direction marks, at most 180 characters.

    Letters of any script stay. The marks that turn reading direction go: with them ``exe.gnp`` shows as a picture.
    """
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C" or c in "\u200c\u200d")
    kept = " ".join(kept.split()) or "file"
    if len(kept) <= _LONGEST_NAME:
        return kept
    stem, dot, ending = kept.rpartition(".")
    ending = dot + ending if stem and len(ending) <= 12 else ""
    return kept[: _LONGEST_NAME - len(ending) - 1].rstrip() + "…" + ending
