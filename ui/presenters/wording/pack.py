"""Sentences about framework packs and the files they come in."""

from __future__ import annotations

from typing import Final

WORDING: Final[dict[str, str]] = {
    "pack.wrong": (
        "The framework pack ‘{folder}’ was not loaded. {count} thing(s) in it are wrong, the first: {first} "
        "Nothing on this laptop was changed. Ask whoever made the pack to check it"
    ),
    "pack.unknown": (
        "This program does not have the framework pack ‘{pack}’ version {version}. Your notes are safe. "
        "Install a later version of the program, then open the assessment again"
    ),
    "pack.digest_differs": (
        "The assessment was made with another text of the framework pack ‘{pack}’ version {version} ({wanted}) than "
        "this program has ({found}). Your notes are safe. Ask your lead which text is meant"
    ),
    "pack.damaged": (
        "The files of the framework pack ‘{pack}’ version {version} have changed since they were installed. "
        "Your notes are safe. Install the program again"
    ),
    "pack.index_damaged": (
        "The list of framework packs that came with this program cannot be read. Your notes are safe. "
        "Install the program again"
    ),
}
