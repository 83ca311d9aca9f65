"""What Alt and a number write into the line: the evidence category of the note, or nothing in its place."""

from __future__ import annotations

from fieldkit.capture.captured import Captured


def with_category(text: str, caret: int, captured: Captured, code: str) -> tuple[str, int]:
    """The line and its caret with ``@code`` in the place of the category it says; without any if that is this one.

    The caret stays before it: whoever types on writes words, not a longer code.
    """
    said = captured.category
    if said is not None:
        head = text[: said.span.start].rstrip()
        text, caret = (head + text[said.span.end :]).rstrip(), min(caret, len(head))
        if said.code == code:
            return text, caret
    text = f"{text.rstrip()} @{code}"
    return text, min(caret, len(text) - len(code) - 2)
