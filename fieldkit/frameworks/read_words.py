"""``words.yaml``: secondary tags, insight sources, roles, glossary and abbreviations."""

from __future__ import annotations

import re
from enum import StrEnum

from fieldkit.domain.escalation import Priority
from fieldkit.domain.escalation_policy import PhoneNumber
from fieldkit.domain.framework import Abbreviation, InsightSource, Role, SpeakerKind, Tag, TagSet, Term, lookup_key
from fieldkit.frameworks.contents import Contents
from fieldkit.frameworks.fields import Fields
from fieldkit.frameworks.names import Names

_ROLE_CODE = re.compile(r"[a-z]{2,4}")


class Origin(StrEnum):
    """Whether a source is kept inside the system under assessment or published about it by others."""

    INTERNAL = "internal"
    EXTERNAL = "external"


class Nature(StrEnum):
    """Whether a source is mostly figures or mostly words."""

    QUANTITATIVE = "quantitative"
    QUALITATIVE = "qualitative"


def read_words(fields: Fields, contents: Contents) -> None:
    """Read ``words.yaml`` into ``contents``."""
    sets, sources, roles = Names("tag set"), Names("insight source"), Names("role")
    terms, shorts = Names("term"), Names("abbreviation")
    contents.tag_sets = [_tag_set(item, sets) for item in fields.tables("secondary_tags", needed=False)]
    contents.insight_sources = [
        _source(item, sources, contents) for item in fields.tables("insight_sources", needed=False)
    ]
    contents.roles = [_role(item, roles) for item in fields.tables("roles", needed=False)]
    contents.glossary = [_term(item, terms) for item in fields.tables("glossary", needed=False)]
    contents.abbreviations = [_abbreviation(item, shorts) for item in fields.tables("abbreviations", needed=False)]
    contents.escalation_numbers = [_number(item) for item in fields.tables("escalation_numbers", needed=False)]
    minutes = fields.table("escalation_minutes", needed=False)
    contents.escalation_minutes = {} if minutes is None else _minutes(minutes)
    fields.finish()


def _number(fields: Fields) -> PhoneNumber:
    number = PhoneNumber(title=fields.name("title"), number=fields.text("number", default="", longest=40))
    fields.finish()
    return number


def _minutes(fields: Fields) -> dict[str, int]:
    """From opening to the first contact; a month is the longest that anybody may be left without one."""
    found = {one.value: fields.whole(one.value, 1, 31 * 24 * 60) for one in Priority}
    fields.finish()
    return found


def _tag_set(fields: Fields, names: Names) -> TagSet:
    tag_names = Names("tag")
    tags = []
    set_id, title = fields.ident(), fields.name("title")
    for item in fields.tables("tags"):
        tag = Tag(id=item.ident(), title=item.name("title"), descriptor=item.text("descriptor", default=""))
        tag_names.declare(item, tag.id, [lookup_key(tag.title)])
        tags.append(tag)
        item.finish()
    names.declare(fields, set_id)
    fields.finish()
    return TagSet(id=set_id, title=title, tags=tuple(tags))


def _source(fields: Fields, names: Names, contents: Contents) -> InsightSource:
    category = fields.text("category", default="")
    source = InsightSource(
        id=fields.ident(), title=fields.name("title"), origin=fields.choice("origin", Origin).value,
        nature=fields.choice("nature", Nature).value,
        category_id=contents.category_names.refer(fields, "category", category) or None,
        descriptor=fields.text("descriptor", default=""),
    )  # fmt: skip
    if contents.is_never_used(source.category_id):
        fields.wrong("category", "matrix.default", category=category)
    names.declare(fields, source.id, [lookup_key(source.title)])
    fields.finish()
    return source


def _role(fields: Fields, names: Names) -> Role:
    code, title = fields.formed("code", _ROLE_CODE, "ch"), fields.name("title")
    speaker = fields.choice("speaker", SpeakerKind) if "speaker" in fields else None
    names.declare(fields, code, [lookup_key(title)])
    fields.finish()
    return Role(code=code, title=title, speaker=speaker)


def _term(fields: Fields, names: Names) -> Term:
    term = Term(term=fields.name("term"), meaning=fields.text("meaning"))
    names.declare(fields, lookup_key(term.term))
    fields.finish()
    return term


def _abbreviation(fields: Fields, names: Names) -> Abbreviation:
    abbreviation = Abbreviation(short=fields.text("short", longest=20), long=fields.name("long"))
    names.declare(fields, lookup_key(abbreviation.short))
    fields.finish()
    return abbreviation
