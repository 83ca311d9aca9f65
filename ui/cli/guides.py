"""What ``fieldkit guide …`` does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import FieldKitError, Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldkit.app.ports import Questions
    from fieldkit.domain.assessment import Assessment
    from fieldkit.domain.framework import Framework
    from fieldkit.domain.guide import Guide
    from fieldkit.exchange.xlsform.remarks import FormReading


def list_guides(desk: Desk) -> int:
    """The guides of an assessment, and those that came with the program."""
    from fieldkit.app.guide_library import built_in_guides
    from fieldkit.app.guides import guides
    from ui.cli import choose, words
    from ui.presenters.guides.words import about

    with opened(desk) as vault:
        assessment = choose.assessment(vault.questions, desk.options.assessment)
        rows = guides(vault.questions, assessment.id)
    used = words.columns(
        ("Guide", "About", "Id"), [(row.value.title, about(row.value), choose.short(row.record)) for row in rows]
    )
    ours = [(one.id, one.guide) for one in built_in_guides()]
    came = words.columns(
        ("Came with the program", "About", "Id"), [(one.title, about(one), name) for name, one in ours]
    )
    facts = {
        "guides": [_facts(row.value) for row in rows],
        "built_in": [_facts(one) | {"id": name} for name, one in ours],
    }
    nothing = [f"No guides in {assessment.name} yet. Add one: fieldkit guide add staff"]
    desk.terminal.show(facts, [*(used if rows else nothing), "", *came])
    return faults.OK


def show_guide(desk: Desk) -> int:
    """One guide, as it is or as it was in a version."""
    from fieldkit.app.guides import used_version
    from ui.cli import choose, words
    from ui.presenters.guides.words import about, questions

    options = desk.options
    with opened(desk) as vault:
        assessment = choose.assessment(vault.questions, options.assessment)
        frameworks = words.known_frameworks(assessment)
        guide = _guide(vault.questions, assessment, options.guide, frameworks)
        if options.version is not None and guide.id:
            guide = used_version(vault.questions, guide.id, options.version)
    if options.version is not None and guide.version != options.version:
        raise Mistake("cli.not_found", what="version of this guide", wanted=options.version)
    lines, section = [desk.terminal.bold(guide.title), about(guide)], ""
    lines += [guide.audience] if guide.audience else []
    lines += ["", "Read out first:", *(f"  {line}" for line in guide.consent.read_out)]
    for one in questions(guide, frameworks):
        if one.section and one.section != section:
            lines += ["", desk.terminal.bold(one.section)]
        section = one.section
        lines += ["", one.text, *(f"   {line}" for line in one.lines)]
    desk.terminal.show(_facts(guide) | {"content": guide.to_content()}, lines)
    return faults.OK


def add_built_in_guide(desk: Desk) -> int:
    """Copy a built-in guide into an assessment."""
    from fieldkit.app.guide_library import built_in
    from fieldkit.app.guides import add_built_in
    from ui.cli import choose, words

    chosen = built_in(desk.options.built_in)
    with opened(desk) as vault:
        assessment = choose.assessment(vault.questions, desk.options.assessment)
        frameworks = words.known_frameworks(assessment)
        added, _ = vault.perform(lambda uow: add_built_in(uow, assessment.id, chosen, frameworks))
    _say_added(desk, added.guide, assessment, is_new_version=added.is_new_version)
    return faults.OK


def import_guide(desk: Desk) -> int:
    """Tell what is in a form, and add it if nothing stands in the way."""
    from fieldkit.app.guide_files import read_guide_file
    from fieldkit.app.guides import add_guide
    from fieldkit.exchange.xlsform.remarks import Verdict
    from ui.cli import choose, words

    options = desk.options
    with opened(desk) as vault:
        assessment = choose.assessment(vault.questions, options.assessment)
        reading = read_guide_file(Path(options.file).expanduser(), words.known_frameworks(assessment))
        guide = reading.guide
        is_whole = not reading.count(Verdict.PLAIN) and not reading.count(Verdict.LEFT_OUT)
        if guide is None or options.look or not (is_whole or options.anyway):
            _say_report(desk, reading, added=None)
            if guide is not None and not options.look:
                desk.terminal.say("\nAdd it like this: run the same command with --anyway")
            return faults.OK if options.look and guide is not None else faults.FOUND
        added, _ = vault.perform(lambda uow: add_guide(uow, assessment.id, guide))
    _say_report(desk, reading, added=added.guide)
    if not desk.terminal.as_json:
        _say_added(desk, added.guide, assessment, is_new_version=added.is_new_version)
    return faults.OK


def export_guide(desk: Desk) -> int:
    """Write a guide as a form."""
    from fieldkit.app.guide_files import write_guide_file
    from ui.cli import choose, words

    options = desk.options
    with opened(desk) as vault:
        assessment = choose.assessment(vault.questions, options.assessment)
        frameworks = words.known_frameworks(assessment)
        guide = _guide(vault.questions, assessment, options.guide, frameworks)
    target = write_guide_file(Path(options.file).expanduser(), guide, frameworks)
    desk.terminal.show({"file": str(target), **_facts(guide)}, f"{guide.title} is in {target}")
    return faults.OK


def _guide(questions: Questions, assessment: Assessment, wanted: str, frameworks: Sequence[Framework]) -> Guide:
    """One of the assessment's, else one that came with the program, tied to the assessment's packs."""
    from fieldkit.app.guide_library import built_in
    from fieldkit.app.guides import guides
    from ui.cli import choose

    here: list[Guide] = [row.value for row in guides(questions, assessment.id)]
    try:
        return choose.pick("guide", here, wanted, lambda one: one.title, lambda one: one.id)
    except FieldKitError as problem:
        if problem.code == "cli.which":
            raise
    return built_in(wanted).tied_to(frameworks)


def _say_report(desk: Desk, reading: FormReading, *, added: Guide | None) -> None:
    from ui.cli import words
    from ui.presenters.guides.words import VERDICTS, remark_words, report_head, report_lines

    told = words.columns(("Where", "What", "", "Why"), report_lines(reading))
    facts: dict[str, Any] = {
        "file": reading.file, "can_be_added": reading.guide is not None, "guide": _facts(added) if added else None,
        "report": [
            {
                "sheet": one.sheet, "row": one.row, "name": one.name, "verdict": one.verdict.value, "code": one.code,
                "words": remark_words(one) or VERDICTS[one.verdict],
            }
            for one in reading.remarks
        ],
    }  # fmt: skip
    desk.terminal.show(facts, [f"{report_head(reading)}.", *(["", *told] if len(told) > 1 else [])])


def _say_added(desk: Desk, guide: Guide, assessment: Assessment, *, is_new_version: bool) -> None:
    what = f"{guide.title} is in {assessment.name} now"
    more = f", as version {guide.version}. Interviews keep the version they used" if is_new_version else ""
    desk.terminal.show(_facts(guide), what + more)


def _facts(guide: Guide) -> dict[str, Any]:
    return {
        "id": guide.id, "form_id": guide.form_id, "title": guide.title, "version": guide.version,
        "kinds": [kind.value for kind in guide.kinds], "questions": len(guide.asked), "minutes": guide.minutes,
        "audience": guide.audience, "origin": guide.origin,
    }  # fmt: skip
