"""``categories.yaml`` and ``statements.yaml``: everything a note can be tagged with, and every name for it."""

from __future__ import annotations

import re

from fieldkit.domain.framework import Category, Statement, Theme, category_keys, lookup_key, statement_keys
from fieldkit.frameworks.contents import Contents
from fieldkit.frameworks.fields import LONGEST_NAME, Fields

_CODE = re.compile(r"[a-z]{2}")
_LETTER = re.compile(r"[A-Z]")
MOST_CATEGORIES = 9
"""Alt+1 to Alt+9 choose them, so there cannot be a tenth."""


def read_categories(fields: Fields, contents: Contents) -> None:
    """Read ``categories.yaml`` into ``contents``."""
    for item in fields.tables("categories"):
        category = Category(
            id=item.ident(), code=item.formed("code", _CODE, "pe"), number=item.whole("number", 1, MOST_CATEGORIES),
            title=item.name("title"), short=item.text("short", longest=20), aliases=_aliases(item),
            descriptor=item.text("descriptor"),
        )  # fmt: skip
        expected = len(contents.categories) + 1
        if category.number != expected:
            item.wrong("number", "order.numbers", expected=expected, value=category.number)
        contents.categories.append(category)
        contents.category_names.declare(item, category.id, category_keys(category))
        item.finish()
    fields.finish()


def read_statements(fields: Fields, contents: Contents) -> None:
    """Read ``statements.yaml`` into ``contents``; numbers and positions follow from the order."""
    for number, item in enumerate(fields.tables("themes"), start=1):
        theme = Theme(
            id=item.ident(), letter=item.formed("letter", _LETTER, "Q"), title=item.name("title"), number=number,
            aliases=_aliases(item),
        )  # fmt: skip
        contents.themes.append(theme)
        names = (theme.letter, lookup_key(theme.title), *map(lookup_key, theme.aliases))
        contents.theme_names.declare(item, theme.id, names)
        for place, inner in enumerate(item.tables("statements"), start=1):
            _statement(inner, contents, theme, place)
        item.finish()
    fields.finish()


def _statement(fields: Fields, contents: Contents, theme: Theme, place: int) -> None:
    statement = Statement(
        id=fields.ident(), code=fields.formed("code", _CODE, "lc"), position=f"{theme.letter}{place}",
        number=len(contents.statements) + 1, theme_id=theme.id, title=fields.name("title"),
        aliases=_aliases(fields), descriptor=fields.text("descriptor"), prompts=fields.texts("prompts"),
    )  # fmt: skip
    contents.statements.append(statement)
    contents.statement_names.declare(fields, statement.id, statement_keys(statement))
    fields.finish()


def _aliases(fields: Fields) -> tuple[str, ...]:
    """Other names. One or two characters could be a code of a later version, so they are refused."""
    aliases = fields.lined_texts("aliases")
    for alias, line in aliases:
        if len(alias) < 3 or not any(char.isalpha() for char in alias) or len(alias) > LONGEST_NAME:
            fields.report.add(fields.file, line, "name.alias", name=alias)
    return tuple(alias for alias, _ in aliases)
