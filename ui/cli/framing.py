"""What ``fieldkit framework …`` does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.app.crosswalks import CrosswalkPlan
    from fieldkit.app.metrics import MetricPlan
    from fieldkit.app.ports import Questions
    from fieldkit.domain.assessment import Assessment
    from fieldkit.domain.framework import Framework

_SHOWN = 20
"""Notes that a preview lists; all are counted, and --json has each."""


def list_all(desk: Desk) -> int:
    """The frameworks of an assessment."""
    with opened(desk) as vault:
        _show(desk, vault.questions, [])
    return faults.OK


def add_one(desk: Desk) -> int:
    """Another one beside them."""
    from fieldkit.app.parallel import add_framework

    framework = _named(desk.options.pack)
    with opened(desk) as vault:
        where = _assessment(desk, vault.questions)
        vault.perform(partial(add_framework, assessment=where.id, framework=framework))
        _show(desk, vault.questions, [f"‘{framework.title}’ added. Notes can be tagged to it from now on.", ""])
    return faults.OK


def remove_one(desk: Desk) -> int:
    """One less; what is filed under it stays."""
    from fieldkit.app.parallel import remove_framework, use_of
    from ui.presenters.wording import ui

    pack = desk.options.pack.partition("@")[0]
    with opened(desk) as vault:
        where = _assessment(desk, vault.questions)
        framework = _pinned(where, pack)
        use = use_of(vault.questions, where.id, framework)
        vault.perform(partial(remove_framework, assessment=where.id, pack=pack))
        kept = f"{ui.count(use.tags, 'tag')} and {ui.count(use.judgements, 'judgement')}"
        _show(desk, vault.questions, [f"‘{framework.title}’ removed. {kept} stay, and show again when it returns.", ""])
    return faults.OK


def crosswalk(desk: Desk) -> int:
    """See what one does, apply it or take it back."""
    from fieldkit.app.crosswalks import apply_crosswalk, plan_crosswalk, undo_crosswalk
    from ui.presenters.frameworks.words import applied_words, plan_words, undone_words

    options = desk.options
    newer = _named(options.pack)
    with opened(desk) as vault:
        where = _assessment(desk, vault.questions)
        older = _older(where, newer, options.older)
        choices = dict(_choice(older, newer, one) for one in options.choose)
        if options.undo:
            undone, _ = vault.perform(lambda uow: undo_crosswalk(uow, where.id, older, newer))
            facts = {"undone": True, "notes": undone.notes, "tags": undone.tags, "records": undone.records}
            desk.terminal.show(facts, undone_words(undone))
            return faults.OK
        plan = plan_crosswalk(vault.questions, where.id, older, newer, choices)
        facts, lines = _plan_facts(plan), plan_words(plan, older, _SHOWN)
        if options.apply:
            applied, _ = vault.perform(lambda uow: apply_crosswalk(uow, where.id, older, newer, choices))
            facts, lines = {**facts, "applied": True}, [*lines, "", *applied_words(applied)]
        else:
            lines.append("Nothing was written. Add --apply to carry the tags over.")
    desk.terminal.show(facts, lines)
    return faults.OK


def import_metrics(desk: Desk) -> int:
    """See what a file would bring, and keep it."""
    from pathlib import Path

    from fieldkit.app.metric_file import read_metric_file
    from fieldkit.app.metrics import keep_metrics, plan_metrics
    from ui.cli import words
    from ui.presenters.frameworks.metric_words import kept_words, reading_words

    options = desk.options
    path = Path(options.file)
    if not path.is_file():
        raise Mistake("cli.file_missing", field="file", file=options.file)
    with opened(desk) as vault:
        where = _assessment(desk, vault.questions)
        reading = read_metric_file(path, words.frameworks_of(where), options.statement)
        plan = plan_metrics(vault.questions, where.id, reading)
        facts, lines = _metric_facts(plan), reading_words(plan)
        if options.keep:
            kept, _ = vault.perform(lambda uow: keep_metrics(uow, where.id, reading, only_good=options.good_rows))
            facts, lines = {**facts, "kept": True}, [*lines, "", kept_words(kept)]
        else:
            lines.append("Nothing was written. Add --keep to keep what is new or changed.")
    desk.terminal.show(facts, lines)
    return faults.FOUND if reading.wrong and not options.keep else faults.OK


def figures(desk: Desk) -> int:
    """The figures that stand, each metric by its own best end."""
    from fieldkit.app.metrics import best_first, standing_metrics
    from fieldkit.domain.metric import figure
    from ui.cli import words

    with opened(desk) as vault:
        where = _assessment(desk, vault.questions)
        found = best_first(row.value for row in standing_metrics(vault.questions, where.id))
    facts = [{"id": one.id, **one.to_content()} for _, group in found for one in group]
    lines: list[str] = []
    for title, group in found:
        rows = [(figure(one.value, one.unit), one.organisation, one.period, one.source) for one in group]
        lines += ["", title, *words.columns(("Figure", "Organisation", "Period", "Source"), rows)]
    desk.terminal.show(facts, lines[1:] or ["No figures were imported yet."])
    return faults.OK


def _metric_facts(plan: MetricPlan) -> dict[str, Any]:
    from ui.presenters.wording import sentence

    return {
        "file": plan.reading.file, "kept": False, "new": [one.row for one in plan.new],
        "changed": [{"row": row.row, "older": old.id} for row, old in plan.changed], "same": plan.same,
        "wrong": [
            {"row": one.details["row"], "code": one.code, "sentence": sentence(one)} for one in plan.reading.wrong
        ],
    }  # fmt: skip


def _plan_facts(plan: CrosswalkPlan) -> dict[str, Any]:
    from fieldkit.domain.carrying import Left

    return {
        "from": {"pack": plan.crosswalk.pack, "version": plan.crosswalk.version},
        "to": {"pack": plan.newer.id, "version": plan.newer.version}, "unconfirmed": plan.crosswalk.unconfirmed,
        "notes": [
            {
                "note": one.row.entry.id, "withdrawn": one.is_withdrawn,
                "tags": [
                    {
                        "from": each.old.statement, "to": [item.statement for item in each.news],
                        "left": each.left.value if each.left else None, "is_there": each.is_there,
                    }
                    for each in one.followings
                ],
            }
            for one in plan.notes
        ],
        "records": [{"record": one.row.record, "kind": one.row.kind, "added": list(one.added)} for one in plan.records],
        "staying": plan.staying, "tags": plan.tags, "left": {why.value: plan.left(why) for why in Left},
        "to_choose": [{"from": list(one.olds), "between": list(one.news)} for one in plan.asked], "applied": False,
    }  # fmt: skip


def _show(desk: Desk, questions: Questions, before: list[str]) -> None:
    from ui.cli import words
    from ui.presenters.frameworks.words import line_of

    where = _assessment(desk, questions)
    frameworks = words.frameworks_of(where)
    facts = [
        {
            "id": one.id, "version": one.version, "title": one.title, "digest": one.digest, "main": place == 0,
            "status": one.status.value, "statements": len(one), "scores": one.method.has_scores,
            "crosswalks": [{"from": walk.pack, "version": walk.version} for walk in one.crosswalks],
        }
        for place, one in enumerate(frameworks)
    ]  # fmt: skip
    rows = [(f"{one.id}@{one.version}", one.title, line_of(one, place)) for place, one in enumerate(frameworks)]
    desk.terminal.show(
        {"assessment": where.id, "frameworks": facts}, [*before, *words.columns(("Pack", "Title", ""), rows)]
    )


def _assessment(desk: Desk, questions: Questions) -> Assessment:
    from ui.cli import choose

    return choose.assessment(questions, desk.options.assessment)


def _named(wanted: str) -> Framework:
    from ui.cli.words import packs

    pack, _, version = wanted.partition("@")
    known = [one for one in packs().available() if one.id == pack and version in ("", one.version)]
    if not known:
        raise Mistake("pack.unknown", pack=pack, version=version or "any")
    return packs().load(known[-1].id, known[-1].version, known[-1].digest)


def _pinned(where: Assessment, pack: str) -> Framework:
    from ui.cli import words

    found = next((one for one in words.known_frameworks(where) if one.id == pack), None)
    if found is None:
        raise Mistake("framework.not_there", field="pack", pack=pack)
    return found


def _older(where: Assessment, newer: Framework, wanted: str | None) -> Framework:
    """The one that is named; else the earlier version that stands, else what the newer one has a crosswalk from."""
    from ui.cli import words

    if wanted is not None:
        pack, _, version = wanted.partition("@")
        return _named(wanted) if version else _pinned(where, pack)
    pinned = words.frameworks_of(where)
    from_here = [one for one in pinned if newer.crosswalk_from(one.id, one.version) is not None]
    if from_here:
        return from_here[0]
    own = next((walk for walk in newer.crosswalks if walk.pack == newer.id), None)
    if own is not None and any(one.id == newer.id for one in pinned):
        return _named(f"{own.pack}@{own.version}")  # it took the earlier version's place already
    return pinned[0]


def _choice(older: Framework, newer: Framework, given: str) -> tuple[str, tuple[str, ...]]:
    old, sign, news = given.partition("=")
    was = older.statement_by(old.strip())
    if not sign or was is None:
        raise Mistake("framework.choice_form", field="choose", given=given)
    found = [newer.statement_by(one.strip()) for one in news.split(",") if one.strip()]
    if not found or None in found:
        raise Mistake("framework.choice_form", field="choose", given=given)
    return was.id, tuple(one.id for one in found if one is not None)
