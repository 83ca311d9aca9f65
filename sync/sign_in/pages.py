"""The pages that the browser shows at the end, with nothing from elsewhere: no script, no font, no picture."""

from __future__ import annotations

from html import escape

DONE = ("You are signed in", "Close this tab and go back to FieldKit. It shows what comes next.")
NOT_DONE = ("You are not signed in", "Close this tab and go back to FieldKit. Nothing was changed there.")
ASTRAY = (
    "This page belongs to no sign-in that is waiting",
    "Close this tab. If you were signing in to FieldKit, go back to it and begin again.",
)
_STYLE = (
    ":root{color-scheme:light dark}body{font:1.25rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;"
    "padding:0 1.5rem}h1{font-size:1.75rem;line-height:1.25}"
)


def page(words: tuple[str, str], reason: str = "") -> bytes:
    """One of them, with the ``reason`` in plain words where something stood in the way."""
    title, text = (escape(one) for one in words)
    why = f"<p>{escape(reason)}.</p>" if reason else ""
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} – FieldKit</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{title}</h1>{why}<p>{text}</p></main></body></html>\n"
    ).encode()
