"""The words a person added to the dictionary: kept in the vault, because a name may be among them."""

from __future__ import annotations

import json

from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.capture.word_list import LONGEST
from fieldkit.kernel.errors import Mistake

PLACE = "writing/words"
MOST = 2000


def own_words(questions: Questions) -> tuple[str, ...]:
    """In the order of the alphabet; what cannot be read counts as none."""
    try:
        kept = json.loads(questions.setting(PLACE) or "[]")
    except ValueError:
        return ()
    return tuple(one for one in kept if isinstance(one, str)) if isinstance(kept, list) else ()


def add_word(uow: UnitOfWork, word: str) -> tuple[str, ...]:
    """All of them with this one. Raises ``Mistake('writing.word')`` for what is no word, ``writing.words_full``."""
    word = word.strip()
    if not word or len(word) > LONGEST or any(char.isspace() or not char.isprintable() for char in word):
        raise Mistake("writing.word", most=LONGEST)
    words = {*own_words(uow.questions), word}
    if len(words) > MOST:
        raise Mistake("writing.words_full", most=MOST)
    return _keep(uow, words)


def forget_word(uow: UnitOfWork, word: str) -> tuple[str, ...]:
    """All of them without this one."""
    return _keep(uow, {*own_words(uow.questions)} - {word})


def _keep(uow: UnitOfWork, words: set[str]) -> tuple[str, ...]:
    kept = tuple(sorted(words, key=lambda one: (one.casefold(), one)))
    uow.set_setting(PLACE, json.dumps(kept, ensure_ascii=False))
    return kept
