"""``crosswalk.yaml``: how tags of another pack, or of an earlier version of this one, are carried over to this one."""

from __future__ import annotations

import re

from fieldkit.domain.crosswalk import Crosswalk, Former, Step
from fieldkit.frameworks.contents import Contents
from fieldkit.frameworks.fields import Fields
from fieldkit.frameworks.read_about import VERSION

_CODE = re.compile(r"[a-z]{2}")


def read_crosswalk(fields: Fields, contents: Contents) -> None:
    """Read ``crosswalk.yaml`` into ``contents``.

    What the older pack really has is not known here, because it may not be on this laptop; it is checked when the
    crosswalk is used (``fieldkit.domain.carrying``).
    """
    lines: dict[tuple[str, str], int] = {}
    for item in fields.tables("crosswalks"):
        made = _crosswalk(item, contents)
        key = (made.pack, made.version)
        if key in lines:
            item.wrong("from", "crosswalk.pack_twice", pack=key[0], version=key[1], line=lines[key])
        lines.setdefault(key, item.line)
        if key == (contents.id, contents.version):
            item.wrong("from", "crosswalk.self")
        contents.crosswalks.append(made)
        item.finish()
    fields.finish()


def _crosswalk(fields: Fields, contents: Contents) -> Crosswalk:
    pack, version = fields.ident("from"), fields.formed("version", VERSION, "2023.1")
    former = tuple(_former(item) for item in fields.tables("former", needed=False))
    steps = _steps(fields, contents)
    categories: dict[str, str] = {}
    inner = fields.table("categories", needed=False)
    for name in () if inner is None else inner.names():
        if inner is not None:
            categories[name] = contents.category_names.refer(inner, name, inner.ident(name))
    if pack == contents.id and contents.statement_names.is_whole:
        known = {one.id for one in contents.statements} | {one.id for one in former}
        for missing in (old for step in steps for old in step.olds if old not in known):
            fields.wrong("statements", "crosswalk.former", statement=missing)
    return Crosswalk(
        pack=pack, version=version, steps=steps, categories=categories, former=former,
        unconfirmed=fields.flag("unconfirmed", default=False),
    )  # fmt: skip


def _former(fields: Fields) -> Former:
    made = Former(id=fields.ident(), code=fields.formed("code", _CODE, "lc"), title=fields.name("title"))
    fields.finish()
    return made


def _steps(fields: Fields, contents: Contents) -> tuple[Step, ...]:
    found: list[Step] = []
    lines: dict[str, int] = {}
    for item in fields.tables("statements"):
        olds = item.texts("from", needed=True)
        news = tuple(contents.statement_names.refer(item, "to", one) for one in item.texts("to"))
        for old in olds:
            if old in lines:
                item.wrong("from", "crosswalk.twice", statement=old, line=lines[old])
            lines.setdefault(old, item.line)
        if len(olds) > 1 and len(news) != 1:
            item.wrong("to", "crosswalk.many", old=len(olds), new=len(news))
        found.append(Step(olds=olds, news=news, reason=item.text("reason")))
        item.finish()
    return tuple(found)
