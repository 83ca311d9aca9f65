"""Our frameworks, people and kinds of event as codes of REFI-QDA.

GUIDs are made of what a code means (framework, version, id), so that every export of every laptop agrees. Names are
unique over the whole tree: the most used reader drops a second one with its codings.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fieldkit.app.takeout.material import Material
from fieldkit.domain.evidence import Bearing
from fieldkit.domain.framework import Framework
from fieldkit.domain.secondary import secondary_sets
from fieldkit.domain.touchpoint import Touchpoint, TouchpointKind
from fieldkit.exchange.refi.codebook import named_apart
from fieldkit.exchange.refi.model import Code, CodeBook
from fieldkit.exchange.refi.plain_text import plain

NAMESPACE = uuid.UUID("6a1f7e2c-58c3-5f0e-9a57-3d1f0c9b7d41")
_COLOURS = ("#1B6CA8", "#2E7D32", "#8E4585", "#B26A00", "#00796B", "#5D4037", "#AD1457")
SECONDARY_FOLDER = "Secondary tags"
_BEARINGS = {Bearing.STRENGTH: "#2E7D32", Bearing.SHORTFALL: "#C62828", Bearing.MIXED: "#B26A00"}
MARKS = {
    "follow_up": "Mark: follow up", "own_view": "Mark: own view", "exact": "Mark: exact words",
    "risk": "Mark: possible risk", "is_mark": "Mark: starred moment",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """The tree, and the GUID of each code by what it means."""

    tree: tuple[Code, ...]
    guids: frozenset[str]

    def known(self, *guids: str) -> tuple[str, ...]:
        """Those of the codes that are in the tree, each once and in order."""
        return tuple(dict.fromkeys(one for one in guids if one in self.guids))


def guid(*parts: str) -> str:
    """The GUID of what ``parts`` name, the same on every laptop."""
    return str(uuid.uuid5(NAMESPACE, "\0".join(parts)))


def statement_guid(framework: Framework, statement: str) -> str:
    """The code of a statement."""
    return guid("framework", framework.id, framework.version, "statement", statement)


def category_guid(framework: Framework, category: str) -> str:
    """The code of a category of evidence."""
    return guid("framework", framework.id, framework.version, "category", category)


def secondary_guid(pack: str, tag_set: str, tag: str) -> str:
    """The code of a secondary tag; a later version of its pack has the same."""
    return guid("secondary", pack, tag_set, tag)


def word_guid(group: str, word: str) -> str:
    """The code of a role, an organisation, a bearing, a mark or a kind of event."""
    return guid(group, word.casefold())


def framework_codes(frameworks: Iterable[Framework]) -> tuple[Code, ...]:
    """A folder a framework: its themes with their statements, and its categories of evidence."""
    return tuple(_framework(one) for one in frameworks)


def codebook(frameworks: Sequence[Framework], app: str) -> CodeBook:
    """The frameworks by themselves, with the bearings, for a ``.qdc`` file."""
    return CodeBook(origin=app, codes=named_apart((*framework_codes(frameworks), *_secondary(frameworks), _bearings())))


def codes_of(material: Material, *, exact: bool, compat: bool) -> Codes:
    """Every code that an export of ``material`` may use. ``compat`` adds a code for each case, with its GUID."""
    folders = [*framework_codes(material.frameworks), *_secondary(material.frameworks), _bearings(), _marks()]
    roles = {one.role for people in material.people.values() for one in people.values() if one.role}
    folders += _folder("Roles", "Role", "role", roles, exact=exact)
    folders += _folder("Organisations", "Org", "organisation", _organisations(material), exact=exact)
    if material.records.get(Touchpoint.KIND):
        kinds = {kind.value: kind.value.replace("_", " ") for kind in TouchpointKind}
        folders.append(
            Code(
                guid=guid("folder", "event"), name="Events", codable=False,
                codes=tuple(Code(guid=word_guid("event", kind), name=f"Event: {name}") for kind, name in kinds.items()),
            )
        )  # fmt: skip
    if compat and material.records.get("case"):
        cases = tuple(Code(guid=row.record, name=f"Case: {row.value.code}") for row in material.records["case"])
        folders.append(Code(guid=guid("folder", "case"), name="Cases", codable=False, codes=cases))
    tree = named_apart(folders)
    return Codes(tree=tree, guids=frozenset(_guids(tree)))


def _framework(one: Framework) -> Code:
    themes = tuple(
        Code(
            guid=guid("framework", one.id, one.version, "theme", theme.id), name=f"Theme {theme.letter}: {theme.title}",
            codable=False, color=_COLOURS[at % len(_COLOURS)],
            codes=tuple(
                Code(
                    guid=statement_guid(one, each.id), name=f"{each.position} {each.title}",
                    color=_COLOURS[at % len(_COLOURS)], description=_words(each.descriptor, *each.prompts),
                )
                for each in one.statements if each.theme_id == theme.id
            ),
        )
        for at, theme in enumerate(one.themes)
    )  # fmt: skip
    categories = tuple(
        Code(guid=category_guid(one, each.id), name=f"EC{each.number} {each.title}", description=plain(each.descriptor))
        for each in one.categories
    )
    evidence = Code(
        guid=guid("framework", one.id, one.version, "categories"), name="Evidence categories", codable=False,
        codes=categories,
    )  # fmt: skip
    return Code(
        guid=guid("framework", one.id, one.version), name=one.title, codable=False, codes=(*themes, evidence),
        description=f"Framework {one.id}, version {one.version}, digest {one.digest}",
    )  # fmt: skip


def _secondary(frameworks: Iterable[Framework]) -> Iterator[Code]:
    """One folder, in it one for each set of each framework."""
    sets = tuple(
        Code(
            guid=guid("secondary", pack.id, one.id), name=one.title, codable=False,
            codes=tuple(
                Code(guid=secondary_guid(pack.id, one.id, tag.id), name=tag.title, description=plain(tag.descriptor))
                for tag in one.tags
            ),
        )
        for pack in frameworks for one in secondary_sets(pack)
    )  # fmt: skip
    if sets:
        yield Code(guid=guid("folder", "secondary"), name=SECONDARY_FOLDER, codable=False, codes=sets)


def _bearings() -> Code:
    codes = tuple(
        Code(guid=word_guid("bearing", one.value), name=f"Bearing: {one.value}", color=color)
        for one, color in _BEARINGS.items()
    )
    return Code(guid=guid("folder", "bearing"), name="Bearing", codable=False, codes=codes)


def _marks() -> Code:
    codes = tuple(Code(guid=word_guid("mark", one), name=name) for one, name in MARKS.items())
    return Code(guid=guid("folder", "mark"), name="Marks", codable=False, codes=codes)


def _organisations(material: Material) -> set[str]:
    found = {one.organisation for people in material.people.values() for one in people.values()}
    for row in material.records.get(Touchpoint.KIND, ()):
        found |= {row.value.organisation, row.value.towards}
    return found - {""}


def _folder(title: str, prefix: str, group: str, words: Iterable[str], *, exact: bool) -> list[Code]:
    once: Mapping[str, str] = {
        word_guid(group, one): one for one in sorted(words, key=lambda one: (one.casefold(), one))
    }
    codes = tuple(Code(guid=key, name=f"{prefix}: {plain(one, exact=exact)}") for key, one in once.items())
    return [Code(guid=guid("folder", group), name=title, codable=False, codes=codes)] if codes else []


def _guids(codes: Iterable[Code]) -> Iterable[str]:
    for one in codes:
        yield one.guid
        yield from _guids(one.codes)


def _words(*parts: str) -> str:
    return "\n".join(plain(one) for one in parts if one)
