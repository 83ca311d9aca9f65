"""Sentences about QR codes."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "qr.too_long": (
        "{size} bytes do not fit into one QR code, which holds {most}. Nothing was changed. Shorten the text"
    ),
}
