"""A person's own short texts: kept in the vault's settings, on this laptop, and no part of any record."""

from __future__ import annotations

import json
import re

from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.texts import whole
from fieldkit.capture.short_texts import ShortText
from fieldkit.domain.framework import lookup_key
from fieldkit.kernel.errors import Finding, Mistake

PLACE = "writing/texts"
MOST = 200
LONGEST = 5_000
"""Characters of one: two pages. More is no phrase but a document."""

_NAME = re.compile(r"[^\W_][\w-]{0,19}")


def short_texts(questions: Questions) -> tuple[ShortText, ...]:
    """By name; what cannot be read counts as none."""
    try:
        kept = json.loads(questions.setting(PLACE) or "{}")
    except ValueError:
        return ()
    if not isinstance(kept, dict):
        return ()
    return tuple(ShortText(name=name, words=words, is_own=True) for name, words in kept.items() if str(words) == words)


def put_text(uow: UnitOfWork, name: str, words: str, before: str = "") -> tuple[ShortText, ...]:
    """Keep one, in the place of ``before`` where that is named; all of them.

    Raises ``Mistake`` of ``writing.text_name``, ``text_taken``, ``text_empty``, ``text_long``, ``texts_full``.
    """
    name, words = whole(name).strip().removeprefix(";"), whole(words).strip()
    finding = Finding()
    finding.when(_NAME.fullmatch(name) is None, "writing.text_name", field="name", most=20)
    finding.when(not words, "writing.text_empty", field="words")
    finding.when(len(words) > LONGEST, "writing.text_long", field="words", most=LONGEST)
    others = [one for one in short_texts(uow.questions) if one.name != before]
    is_taken = any(lookup_key(one.name) == lookup_key(name) for one in others)
    finding.when(is_taken, "writing.text_taken", field="name", name=name)
    finding.settle()
    if len(others) >= MOST:
        raise Mistake("writing.texts_full", most=MOST)
    return _keep(uow, [*others, ShortText(name=name, words=words, is_own=True)])


def drop_text(uow: UnitOfWork, name: str) -> tuple[ShortText, ...]:
    """All of them without this one."""
    return _keep(uow, [one for one in short_texts(uow.questions) if one.name != name])


def _keep(uow: UnitOfWork, texts: list[ShortText]) -> tuple[ShortText, ...]:
    kept = tuple(sorted(texts, key=lambda one: lookup_key(one.name)))
    uow.set_setting(PLACE, json.dumps({one.name: one.words for one in kept}, ensure_ascii=False) if kept else None)
    return kept
