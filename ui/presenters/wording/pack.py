"""Sentences about framework packs and the files they come in."""

from __future__ import annotations

from typing import Final

WORDING: Final[dict[str, str]] = {
    "pack.not_a_pack": "This file is not a framework pack",
    "pack.code_twice": "This pack has 2 statements with the code ‘{word}’. Codes must be different",
    "pack.not_signed": "This pack is not signed by your organisation. Ask your lead before you use it",
    "pack.of_codebook": (
        "A draft made of a codebook: which evidence is needed is not in one, so all of it is expected. Look at all of"
        " it, and ask your lead before you use it"
    ),
    "pack.version_taken": (
        "This laptop has another text of ‘{title}’ under the version {version}. Nothing was changed. "
        "Ask whoever made the pack to give it a new version"
    ),
    "pack.changed_meanwhile": "The pack changed after you looked at it. Nothing was added. Look at it again",
    "pack.not_added": (
        "The pack was not added. The disk did not take it. Nothing was changed. Free some space, then try again"
    ),
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
