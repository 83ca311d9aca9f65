"""What ``fieldkit text add|list|show|remove`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.app.ports import Questions
    from fieldkit.capture.short_texts import ShortText

_LISTED = 60
"""Characters of a text in a list; ``show`` has all of it."""


def add_text(desk: Desk) -> int:
    """Keep one; with ``--replace`` in the place of the one of that name, if there is one."""
    from fieldkit.app.short_texts import put_text

    options = desk.options
    words = _words(desk)
    with opened(desk) as vault:
        before = _known(vault.questions, options.name) if options.replace else None
        vault.perform(lambda uow: put_text(uow, options.name, words, before.name if before else ""))
        text = _named(vault.questions, options.name)
    desk.terminal.show(_facts(text), _page(text))
    return faults.OK


def list_texts(desk: Desk) -> int:
    """A person's own; with ``--all`` the abbreviations of the packs and of the trade behind them."""
    from fieldkit.app.short_texts import short_texts
    from fieldkit.capture.short_texts import texts_of
    from ui.cli import words

    with opened(desk) as vault:
        found = short_texts(vault.questions)
        if desk.options.all:
            rows = vault.questions.assessments()
            packs = {(one.id, one.version): one for row in rows for one in words.known_frameworks(row.assessment)}
            found = (*found, *texts_of(packs.values()))
    columns = words.columns(
        ("Name", "Whose", "Words"),
        [(f";{one.name}", "own" if one.is_own else "everybody's", _first_words(one.words)) for one in found],
    )
    nothing = 'No short texts yet. Add one: fieldkit text add thanks "Thank you for your time"'
    desk.terminal.show([_facts(one) for one in found], columns if found else nothing)
    return faults.OK


def show_text(desk: Desk) -> int:
    """All words of one."""
    with opened(desk) as vault:
        text = _named(vault.questions, desk.options.name)
    desk.terminal.show(_facts(text), _page(text))
    return faults.OK


def remove_text(desk: Desk) -> int:
    """Take one off, and show what it was, so that it can be put back."""
    from fieldkit.app.short_texts import drop_text

    with opened(desk) as vault:
        text = _named(vault.questions, desk.options.name)
        vault.perform(lambda uow: drop_text(uow, text.name))
    desk.terminal.show(_facts(text), [f"Taken off: ;{text.name}", "", *text.words.splitlines()])
    return faults.OK


def _words(desk: Desk) -> str:
    given: str | None = desk.options.words
    if given is not None and given != "-":
        return given
    if given is None and desk.stdin.isatty():
        raise Mistake("writing.text_empty", field="words")
    return desk.stdin.read().replace("\r\n", "\n")


def _known(questions: Questions, name: str) -> ShortText | None:
    """The one of this name, with its semicolon or without, in capitals or not."""
    from fieldkit.app.short_texts import short_texts
    from fieldkit.domain.framework import lookup_key

    key = lookup_key(name.strip().removeprefix(";"))
    return next((one for one in short_texts(questions) if lookup_key(one.name) == key), None)


def _named(questions: Questions, name: str) -> ShortText:
    found = _known(questions, name)
    if found is None:
        raise Mistake("writing.text_unknown", field="name", name=name.strip().removeprefix(";"))
    return found


def _page(text: ShortText) -> list[str]:
    return [f"Name:      ;{text.name}", "", *text.words.splitlines()]


def _facts(text: ShortText) -> dict[str, str | bool]:
    return {"name": text.name, "words": text.words, "is_own": text.is_own}


def _first_words(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LISTED else f"{line[: _LISTED - 1]}…"
