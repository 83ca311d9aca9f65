"""Every expected error has its sentence, the sentence gets its facts, and all words keep to our style."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.support.tree import name, parsed, python_files
from ui.presenters.wording import catalogue

_ERRORS = {"Mistake", "Trouble", "Refusal"}
_SOURCES = ("fieldkit", "storage", "sync", "central", "ui")
_SCREENS = ("ui/presenters", "ui/views", "ui/widgets", "ui/shell", "ui/qt", "ui/models")
# ux rules 5.1 and 5.5: "could not" for failed, "send" for sync, upload, push and submit, "not connected" for offline.
_BANNED = re.compile(
    r"\b(?:please|sorry|oops|invalid|forbidden|fail(?:ed|ure|s)?|sync(?:ed|ing)?|unsynced|synchronis\w+|upload\w*"
    r"|push(?:ed|ing)?|submit\w*|conflicts?|merged?|offline|click\w*|cancel|\w+n['’]t)\b|!",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"‘[^’]*’|“[^”]*”|\"[^\"]*\"")
_CAPITAL = re.compile(r"(?<![.?!:–;}\n])\s([A-Z][a-z]+)\b")
_KEYS_AND_PROGRAMS = (
    "FieldKit Ctrl Alt Shift Enter Tab Esc Delete Insert Caps Lock Windows Linux Narrator Voice Access Qt Word"
)
_PARTS_OF_THE_SCREEN = (
    "Home Visit Evidence Coverage Send Settings Help Messages Next Untagged All The Gap Thin Enough Interview"
    " Escalations Cases Files Needs People Programme Storage Decide Scores Findings Reports"
)
_BUTTONS = "Suggest Find Show Stop Strong None Choose Check Mark Something Close Fetch Select"
_COLUMNS = "Title Activity Date Start End Room Stream Assessor"
"""Of a programme that comes as a table."""
_OF_EXAMPLES = (
    "March April October November December England Ward Rapid Quality Review Improvement Group Excel Welcome Chair"
    " Director Northshire Learning Observation Hyperlegible Health Social Care Act"
)
_NAMES = frozenset(f"{_KEYS_AND_PROGRAMS} {_PARTS_OF_THE_SCREEN} {_BUTTONS} {_COLUMNS} {_OF_EXAMPLES}".split())
"""Words that bear a capital within a sentence: names of keys, programs, screens and controls."""
_LONGEST = 32
"""Words in one sentence; plain English asks for 15 to 20 on the average, and for none that has to be read twice."""
_SENTENCE = re.compile(r"[A-Z][a-z]* \w[^{}]*$")  # no braces: style sheets have them


_GATHERING = frozenset({"unless", "when"})  # ``Finding``: what is wrong, then the code


class Raised(NamedTuple):
    """One place that makes an expected error."""

    where: str
    code: str
    details: set[str] | None  # None: given by ** and known only at run time


def raised() -> Iterator[Raised]:
    """Each ``Mistake``, ``Trouble`` or ``Refusal`` made with a literal code, or gathered, or asked for by a field."""
    for path in python_files(*_SOURCES):
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.Call):
                continue
            asked = next((one.value for one in node.keywords if one.arg == "needed"), None)
            if isinstance(asked, ast.Constant) and isinstance(asked.value, str) and asked.value:
                yield Raised(f"{name(path)}:{node.lineno}", asked.value, {"field"})
            place = 0 if _called(node) in _ERRORS else 1 if _called(node) in _GATHERING else len(node.args)
            if place < len(node.args):
                code = node.args[place]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    keys = [keyword.arg for keyword in node.keywords]
                    details = None if None in keys else {key for key in keys if key is not None}
                    yield Raised(f"{name(path)}:{node.lineno}", code.value, details)


def screen_words() -> Iterator[tuple[str, str]]:
    """Literal texts in the screens' code that look like words for a person (not docstrings, not style sheets)."""
    for path in python_files(*_SCREENS):
        # Strings that stand alone explain what is above them; nobody is shown them.
        docs = {id(n.value) for n in ast.walk(parsed(path)) if isinstance(n, ast.Expr)}
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                yield from [(f"{name(path)}:{node.lineno}", node.value)] if _SENTENCE.match(node.value) else []


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _placeholders(template: str) -> set[str]:
    return {field.split(".")[0].split("[")[0] for _, field, _, _ in string.Formatter().parse(template) if field}


def test_every_code_that_is_raised_has_a_sentence() -> None:
    known = catalogue()
    missing = sorted({f"{r.code} ({r.where})" for r in raised() if r.code not in known})
    assert not missing, "no sentence for:\n" + "\n".join(missing)


def test_every_sentence_gets_the_facts_it_names() -> None:
    known = catalogue()
    lacking = [
        f"{r.where} {r.code}: {sorted(missing)}"
        for r in raised()
        if r.details is not None and (missing := _placeholders(known.get(r.code, "")) - r.details)
    ]
    assert not lacking, "details not given:\n" + "\n".join(lacking)


def test_codes_are_dotted_lower_case() -> None:
    pattern = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
    assert [f"{r.where} {r.code}" for r in raised() if not pattern.fullmatch(r.code)] == []


def test_sentences_keep_to_our_words() -> None:
    found = [f"{code}: {text}" for code, text in catalogue().items() if _BANNED.search(text)]
    assert not found, "not our words:\n" + "\n".join(found)


def test_words_on_the_screens_keep_to_our_words() -> None:
    found = [f"{where}: {text}" for where, text in screen_words() if _BANNED.search(text)]
    assert not found, "not our words:\n" + "\n".join(found)


def _capitals(text: str) -> list[str]:
    """Words with a capital in the middle of a sentence that are no names."""
    return [word for word in _CAPITAL.findall(_QUOTED.sub("", text)) if word not in _NAMES]


def test_words_are_in_sentence_case() -> None:
    found = [f"{where}: {text}" for where, text in (*screen_words(), *catalogue().items()) if _capitals(text)]
    assert not found, "capitals within a sentence:\n" + "\n".join(found)


def test_no_sentence_has_to_be_read_twice() -> None:
    texts = (*screen_words(), *catalogue().items())
    long = [
        f"{where}: {text}" for where, text in texts for one in re.split(r"[.;:]\s", text) if len(one.split()) > _LONGEST
    ]
    assert not long, "too long:\n" + "\n".join(long)


@pytest.mark.parametrize("text", ["Create a New Visit", "Send Now", "The central Store did not answer"])
def test_the_lint_finds_capitals(text: str) -> None:
    assert _capitals(text)


@pytest.mark.parametrize(
    "text", ["Please try again", "Upload failed", "You can't do that", "Saved!", "Working offline"]
)
def test_the_lint_finds_words_we_do_not_use(text: str) -> None:
    assert _BANNED.search(text)


@pytest.mark.parametrize("text", ["Saved on this laptop 10:42", "Waiting to send", "The central store did not answer"])
def test_the_lint_leaves_our_own_words_alone(text: str) -> None:
    assert not _BANNED.search(text)
