"""A codebook of another program (.qdc) as the seven files of a draft framework pack, with a list of every loss.

Folders at the top become themes, codable codes below them statements, in their order. A folder of evidence categories,
as our own codebooks have it, becomes categories. Nothing of a codebook says what is required or scored: the draft says
that everything is expected and nothing scored, and marks both as unconfirmed.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from fieldkit.app.takeout.refi_codes import SECONDARY_FOLDER
from fieldkit.domain.assessment import ActivityKind
from fieldkit.domain.secondary import ASSURANCE_TITLE, SOURCES_TITLE
from fieldkit.exchange.refi.codebook_in import read_codebook
from fieldkit.exchange.refi.model import Code, CodeBook, Loss, Losses
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.folding import folded

_CATEGORIES = frozenset({"evidence categories", "categories of evidence", "evidence category"})
_NO_CODES = frozenset({"bearing", "marks"})
"""Folders of our own codebooks that are no statements: every pack has these of itself."""
_OF_EVERY_PACK = frozenset({SOURCES_TITLE, ASSURANCE_TITLE})
_NO_ID = re.compile(r"[^a-z0-9]+")
_MOST = {"themes": 26, "statements": 200, "categories": 9}
_TITLE = 120
_SHORT = 3
"""Letters that a word has at least to stand for a category: shorter ones could be a code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPack:
    """``files`` by name; ``losses`` are what the codebook had and the draft has not."""

    id: str
    title: str
    files: dict[str, str]
    themes: int
    statements: int
    categories: int
    losses: tuple[Loss, ...]


@dataclass(slots=True)
class _Names:
    """Ids, two-letter codes and titles that no other of the same kind has."""

    ids: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)

    def id(self, title: str) -> str:
        base = _NO_ID.sub("-", folded(title)).strip("-")[:50].strip("-") or "code"
        base = base if base[0].isalpha() else f"c-{base}"
        return _first((base, *(f"{base}-{n}" for n in range(2, 9999))), self.ids)

    def code(self, title: str) -> str:
        """From its initials where they are free, else from its letters, else any."""
        words = [word for word in _NO_ID.sub(" ", folded(title)).split() if word[0].isalpha()]
        letters = [one for one in "".join(words) if one in string.ascii_lowercase]
        wanted = [words[0][0] + one[0] for one in words[1:]] if words else []
        wanted += [letters[0] + one for one in letters[1:]] if letters else []
        every = (a + b for a, b in product(string.ascii_lowercase, repeat=2))
        return _first((one for one in (*wanted, *every) if re.fullmatch("[a-z]{2}", one)), self.codes)

    def title(self, title: str) -> str:
        said = " ".join(title.split())[:_TITLE]
        return _first((said, *(f"{said} ({n})" for n in range(2, 9999))), self.titles, key=folded)


def draft_pack(path: Path, subject: str, today: date) -> DraftPack:
    """Raises ``Mistake('refi.…')`` for what is no codebook, ``Mistake('refi.no_statements')`` for one without codes."""
    book, losses = read_codebook(path)
    return pack_of(book, path.stem, subject, today, losses)


def pack_of(book: CodeBook, name: str, subject: str, today: date, losses: Losses) -> DraftPack:
    """The same of a codebook at hand; ``name`` gives id and title."""
    names = _Names()
    beside = [one for one in book.codes if one.name == SECONDARY_FOLDER and not one.codable]
    themes, categories = _sorted([one for one in book.codes if one not in beside], losses)
    written = [_theme(title, codes, at, names, losses) for at, (title, codes) in enumerate(themes)]
    written = [one for one in written if one["statements"]]
    if not written:
        raise Mistake("refi.no_statements", file=name)
    held = _categories(categories, losses)
    title = " ".join(name.replace("_", " ").split())[:_TITLE] or "Codebook"
    pack = _Names().id(name)
    if book.sets:
        losses.add("sets", str(len(book.sets)))
    if any(one.color for one in _every(book.codes)):
        losses.add("colours")
    files = {
        "pack.yaml": _yaml(_about(pack, title, book.origin, today)), "categories.yaml": _yaml({"categories": held}),
        "statements.yaml": _yaml({"themes": written}), "evidence.yaml": _yaml(_evidence(subject, held)),
        "scoring.yaml": _yaml(_SCORING), "words.yaml": _yaml({**_WORDS, **_secondary(beside, losses)}),
        "examples.yaml": _yaml({"examples": []}),
    }  # fmt: skip
    return DraftPack(
        id=pack, title=title, files=files, themes=len(written), categories=len(held),
        statements=sum(len(one["statements"]) for one in written), losses=tuple(losses.found),
    )  # fmt: skip


def _sorted(codes: Iterable[Code], losses: Losses) -> tuple[list[tuple[str, list[Code]]], list[Code]]:
    """Themes with their codes, and categories. A folder of folders is opened: each of those is a theme."""
    themes: list[tuple[str, list[Code]]] = []
    categories: list[Code] = []
    loose: list[Code] = []
    for one in codes:
        if folded(one.name).strip() in _CATEGORIES and not one.codable:
            categories += one.codes
        elif folded(one.name).strip() in _NO_CODES and not one.codable:
            losses.add("folder", one.name)
        elif one.codable and not one.codes:
            loose.append(one)
        elif not one.codable and one.codes and not any(each.codable for each in one.codes):
            deeper, more = _sorted(one.codes, losses)
            losses.add("folder_opened", one.name)
            themes += deeper
            categories += more
        elif one.codable or one.codes:
            themes.append((one.name, [*([replace(one, codes=())] if one.codable else []), *one.codes]))
        else:
            losses.add("folder_empty", one.name)
    return ([*themes, ("Codes", loose)] if loose else themes), categories


def _theme(title: str, codes: Iterable[Code], at: int, names: _Names, losses: Losses) -> dict[str, Any]:
    if at >= _MOST["themes"]:
        losses.add("theme_beyond", title)
        return {"statements": []}
    said = names.title(_without_label(title))
    statements = [one for code in codes for one in _statements(code, names, losses, is_top=True)]
    return {"id": names.id(said), "letter": string.ascii_uppercase[at], "title": said, "statements": statements}


def _statements(code: Code, names: _Names, losses: Losses, *, is_top: bool) -> Iterator[dict[str, Any]]:
    if code.codable:
        if len(names.codes) >= _MOST["statements"]:
            losses.add("statement_beyond", code.name)
            return
        title = names.title(_without_label(code.name))
        if title != _without_label(code.name):
            losses.add("renamed", f"{code.name}: {title}")
        if not is_top:
            losses.add("nesting", code.name)
        said = " ".join(code.description.split()) or title
        yield {"id": names.id(title), "code": names.code(title), "title": title, "descriptor": said}
    for one in code.codes:
        yield from _statements(one, names, losses, is_top=False)


def _categories(codes: Iterable[Code], losses: Losses) -> list[dict[str, Any]]:
    names, found = _Names(), list[dict[str, Any]]()
    for one in (each for each in codes if each.codable):
        if len(found) >= _MOST["categories"]:
            losses.add("category_beyond", one.name)
            continue
        title = names.title(_without_label(one.name))
        words = [word[:14].capitalize() for word in title.split() if len(word) > _SHORT]
        short = _first((*words, *(f"Kind {n}" for n in range(1, 99))), names.titles, key=folded)
        facts = {
            "id": names.id(title),
            "code": names.code(title),
            "number": len(found) + 1,
            "title": title,
            "short": short,
        }
        found.append({**facts, "descriptor": " ".join(one.description.split()) or title})
    return found or [_EVERYTHING]


def _without_label(name: str) -> str:
    """Without the ``Q2``, ``EC4`` or ``Theme Q:`` that our own codebooks put before a name."""
    said = " ".join(name.split())
    return re.sub(r"^(?:Theme [A-Z]: |[A-Z]\d{1,3} |EC\d{1,2} )", "", said) or said


def _about(pack: str, title: str, origin: str, today: date) -> dict[str, Any]:
    by = f" that {origin} wrote" if origin else ""
    text = f"Made of a codebook{by}. Draft, unconfirmed: look at all of it before use."
    return {
        "id": pack, "version": "1.0", "title": title, "short_title": title[:30].strip(), "status": "draft",
        "effective_from": today.isoformat(),
        "remarks": [
            {"id": "codebook", "text": text, "unconfirmed": True},
            {
                "id": "needs", "text": "Which evidence is needed is not in a codebook: all of it is expected here.",
                "unconfirmed": True,
            },
        ],
    }  # fmt: skip


def _evidence(subject: str, categories: list[dict[str, Any]]) -> dict[str, Any]:
    first = categories[0]["id"]
    return {
        "matrices": [
            {
                "subject": subject, "title": "All evidence expected",
                "everywhere": {one["id"]: "expected" for one in categories},
            }
        ],
        "coverage": {"enough_items": 3, "enough_sources": 2, "strong_items": 5, "strong_activities": 2},
        "activity_categories": {one.value: first for one in ActivityKind},
    }  # fmt: skip


_EVERYTHING: dict[str, Any] = {
    "id": "evidence", "code": "ev", "number": 1, "title": "Evidence", "short": "Evidence",
    "descriptor": "Whatever shows how things are: the codebook tells no kinds of evidence apart.",
}  # fmt: skip
_SCORING: dict[str, Any] = {
    "method": {"scored_at": "none"},
}
_WORDS: dict[str, Any] = {"roles": [{"code": "ch", "title": "Chair", "speaker": "leader"}]}


def _secondary(folders: Iterable[Code], losses: Losses) -> dict[str, Any]:
    """The sets of secondary tags of our own codebooks; of insight sources a pack has to say more than their names."""
    names, sets = _Names(), list[dict[str, Any]]()
    for one in (each for folder in folders for each in folder.codes):
        if one.name in _OF_EVERY_PACK:
            losses.add("folder", one.name)
            continue
        inside = _Names()
        tags = []
        for tag in one.codes:
            said = {"descriptor": " ".join(tag.description.split())} if tag.description.strip() else {}
            tags.append({"id": inside.id(tag.name), "title": inside.title(tag.name), **said})
        if tags:
            sets.append({"id": names.id(one.name), "title": names.title(one.name), "tags": tags})
    return {"secondary_tags": sets} if sets else {}


def _yaml(value: dict[str, Any]) -> str:
    """Plain YAML: every text in double quotes, as JSON writes them."""
    return "\n".join(_lines(value, 0)) + "\n"


def _lines(value: Any, depth: int) -> Iterator[str]:
    lead = "  " * depth
    if isinstance(value, dict):
        for key, one in value.items():
            if isinstance(one, dict | list) and one:
                yield f"{lead}{key}:"
                yield from _lines(one, depth + 1)
            else:
                yield f"{lead}{key}: {json.dumps(one, ensure_ascii=False)}"
    else:
        for one in value:
            first, *rest = _lines(one, depth + 1)
            yield f"{lead}- {first.lstrip()}"
            yield from rest


def _first(wanted: Iterable[str], taken: set[str], key: Any = str) -> str:
    for one in wanted:
        if key(one) not in taken:
            taken.add(key(one))
            return one
    raise Mistake("refi.too_many_codes", most=len(taken))


def _every(codes: Iterable[Code]) -> Iterator[Code]:
    for one in codes:
        yield one
        yield from _every(one.codes)
