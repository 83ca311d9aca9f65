"""What ``fieldkit case add|list|import|sample|state|show`` does."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake, Refusal
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from datetime import date

    from fieldkit.app.case_file import CaseFile
    from fieldkit.app.case_list import Preview, Table
    from fieldkit.app.ports import Questions
    from fieldkit.domain.case import Case
    from fieldkit.domain.sampling import Proposal
    from fieldkit.kernel.ids import AssessmentId
    from fieldkit.reports.blocks import Document
    from storage.vault import OpenVault


def add_case(desk: Desk) -> int:
    """Put one on the list."""
    from fieldkit.app.cases import CaseFacts
    from fieldkit.app.cases import add_case as put_on
    from ui.cli import choose
    from ui.presenters.case.case_fields import case_facts

    options = desk.options
    criteria = case_facts({**_NOTHING, "criteria": "\n".join(options.criterion)}).criteria
    facts = CaseFacts(
        description=options.description, age_band=options.age_band, need=options.need, setting=options.setting,
        place=options.place, ethnicity=options.ethnicity, carer=options.carer, criteria=criteria, person=options.person,
    )  # fmt: skip
    with opened(desk) as vault:
        within = choose.assessment(vault.questions, options.assessment)
        made, _ = vault.perform(partial(put_on, assessment=within.id, facts=facts))
    desk.terminal.show(case_of(made), f"Case {made.code} added. Saved on this laptop ({choose.short(made.id)})")
    return faults.OK


def list_cases(desk: Desk) -> int:
    """The list, and the sample beside it."""
    from fieldkit.app.cases import cases_of
    from ui.cli import choose
    from ui.cli.words import columns
    from ui.presenters.cases.rows import HEADS, case_row, headline

    with opened(desk) as vault:
        within = choose.assessment(vault.questions, desk.options.assessment)
        found = cases_of(vault.questions, within.id)
    rows = [case_row(one).cells for one in found]
    words = [*columns(HEADS, rows), "", headline(found)] if found else ["No cases yet."]
    desk.terminal.show([case_of(one) for one in found], words)
    return faults.OK


def import_cases(desk: Desk) -> int:
    """Everything, or nothing, or the good rows."""
    from fieldkit.app.case_list import bring_in, preview
    from fieldkit.app.cases import cases_of
    from ui.cli import choose

    options = desk.options
    with opened(desk) as vault:
        within = choose.assessment(vault.questions, options.assessment)
        table = _table(options.file, options.sheet)
        found = preview(table, _mapping(table, options.column), cases_of(vault.questions, within.id))
        _say_preview(desk, table, found)
        made: list[Case] = []
        if not options.dry_run:
            made, _ = vault.perform(partial(bring_in, assessment=within.id, found=found, only_good=options.good_rows))
    words = f"{len(made)} cases imported, {made[0].code} to {made[-1].code}" if made else "Nothing was imported."
    facts = {"imported": [case_of(one) for one in made], "good": len(found.good), "wrong": _wrong(found)}
    desk.terminal.show(facts, words)
    return faults.OK


def sample(desk: Desk) -> int:
    """A proposal with its reasons; with ``--take`` it becomes the sample."""
    from fieldkit.app.cases import cases_of, take_proposal
    from fieldkit.domain.sampling import propose
    from ui.cli import choose
    from ui.presenters.cases.rows import explained

    options = desk.options
    if not 1 <= options.size <= 50 or not 0 <= options.reserves <= 50:
        raise Mistake("case.sample_size", field="size")
    with opened(desk) as vault:
        within = choose.assessment(vault.questions, options.assessment)
        cases = cases_of(vault.questions, within.id)
        if not cases:
            raise Mistake("case.none")
        proposal = propose(cases, size=options.size, reserves=options.reserves)
        if options.take:
            vault.perform(partial(take_proposal, assessment=within.id, proposal=proposal))
            cases = cases_of(vault.questions, within.id)
    done = "This is the sample now." if options.take else "Nothing was changed. Take it with --take"
    desk.terminal.show(_proposed(proposal), [*explained(proposal), "", *_covered(cases), "", done])
    return faults.OK


def set_state(desk: Desk) -> int:
    """Move one case."""
    from fieldkit.app.cases import set_sampling
    from fieldkit.domain.case import Sampling
    from fieldkit.reports.case_words import STATES

    options = desk.options
    state = Sampling(options.state.replace("-", "_"))
    with opened(desk) as vault:
        case = named_case(vault.questions, options.case, options.assessment)
        vault.perform(partial(set_sampling, cases=[case.id], state=state, reason=options.reason))
        case = vault.questions.record("case", case.id).value
    desk.terminal.show(case_of(case), f"{case.code}: {STATES[case.sampling.value]}. Saved on this laptop")
    return faults.OK


def show_case(desk: Desk) -> int:
    """The whole case; a case that is held is shown here and never written to a file."""
    from fieldkit.app.case_file import case_report
    from fieldkit.reports.case_report import compose
    from fieldkit.reports.plain import to_plain

    with opened(desk) as vault:
        case = named_case(vault.questions, desk.options.case, desk.options.assessment)
        if case.activity is None:
            file = None
        else:
            file = case_file(vault.questions, case, today(desk))
            if desk.options.save is not None:
                _save(desk, vault, file, Path(desk.options.save))
    if file is None:
        desk.terminal.show(case_of(case), [case.title, "Not followed yet: add an event, or open it in the window."])
        return faults.OK
    document = compose(case_report(file, today(desk)))
    desk.terminal.show(facts_of(file, today(desk)), to_plain(document).splitlines())
    return faults.OK


def named_case(questions: Questions, wanted: str, assessment: str | None) -> Case:
    """The case called ``C01`` or ``c1``, or of this id. Raises ``Mistake('case.unknown')``."""
    from fieldkit.app.cases import cases_of
    from fieldkit.domain.case import number_of
    from ui.cli import choose

    within = choose.assessment(questions, assessment)
    key = wanted.strip().casefold().lstrip("~")
    for case in cases_of(questions, within.id):
        if key in (case.code.casefold(), f"c{number_of(case.code)}", case.id):
            return case
    raise Mistake("case.unknown", code=wanted)


def case_file(questions: Questions, case: Case, day: date) -> CaseFile:
    """Everything of a case that is followed."""
    from fieldkit.app.case_file import read_case
    from ui.cli.words import known_frameworks

    assert case.activity is not None
    return read_case(questions, case.activity, known_frameworks(questions.assessment(case.assessment)), day)


def case_of(case: Case) -> dict[str, Any]:
    """A case as a JSON value."""
    return {"id": case.id, **case.to_content()}


def facts_of(file: CaseFile, day: date) -> dict[str, Any]:
    """A case with its timeline as a JSON value."""
    from fieldkit.reports.case_words import event_words, findings

    rows = event_words(file.path, file.tags, day, with_year=True)
    events = {step.touchpoint.id: step for step in file.path.steps}
    return {
        **(case_of(file.case) if file.case is not None else {}), "consent": file.consent_words,
        "days": file.path.days, "services": list(file.path.services), "gaps": list(findings(file.path, day)),
        "events": [
            {
                "id": row.id, **events[row.id].touchpoint.to_content(), "sentence": row.sentence,
                "wait_days": wait.days if (wait := events[row.id].wait) is not None else None,
            }
            for row in rows
        ],
    }  # fmt: skip


def today(desk: Desk) -> date:
    """The local date."""
    return desk.clock.now().astimezone().date()


def _save(desk: Desk, vault: OpenVault, file: CaseFile, path: Path) -> None:
    from fieldkit.app.case_file import case_report
    from fieldkit.app.final_scope import of_cases
    from fieldkit.reports.case_report import compose

    if file.is_barred:
        raise Refusal("case.held", state=file.consent_words)
    document = compose(case_report(file, today(desk)))
    save_final(desk, vault, file.assessment.id, of_cases(vault.questions, (file.activity.id,)), document, path)


def save_final(
    desk: Desk, vault: OpenVault, assessment: AssessmentId, records: frozenset[str], document: Document, path: Path
) -> None:
    """Write what is final as PDF with its web page, or as the kind the name ends in.

    Raises ``Refusal('final.open')`` where something of ``records`` is open and ``--although`` does not say why it is
    made all the same.
    """
    from fieldkit.app.finalising import finalise, on_paper
    from fieldkit.reports.save import save

    final, _ = vault.perform(lambda uow: finalise(uow, assessment, desk.options.although, records))
    document = on_paper(document, final)
    save(document, path)
    if path.suffix.casefold() == ".pdf":
        save(document, path.with_suffix(".html"))
    desk.terminal.remark(f"Saved as {path}")


def _table(file: str, sheet: str | None) -> Table:
    from fieldkit.app.case_list import read_tables

    tables = read_tables(Path(file).expanduser())
    if sheet is None:
        return max(tables, key=lambda one: (len(one.guess), len(one.rows)))
    found = [one for one in tables if one.sheet.casefold() == sheet.casefold()]
    if not found:
        raise Mistake("cli.not_found", what="sheet", wanted=sheet)
    return found[0]


def _mapping(table: Table, asked: list[str]) -> dict[int, str]:
    from fieldkit.app.case_columns import FIELDS

    mapping = dict(table.guess)
    places = {one.heading.casefold(): one.at for one in table.columns}
    for text in asked:
        heading, _, field = text.rpartition("=")
        at, field = places.get(heading.strip().casefold()), field.strip().casefold().replace("-", "_")
        if at is None:
            raise Mistake("cli.not_found", what="column", wanted=heading or text)
        if field not in (*FIELDS, "nothing", ""):
            raise Mistake("cli.not_found", what="field", wanted=field)
        mapping[at] = "" if field == "nothing" else field
    return mapping


def _say_preview(desk: Desk, table: Table, found: Preview) -> None:
    from ui.presenters.cases.bringing_in import FIELD_WORDS
    from ui.presenters.wording import sentence

    for column in table.columns:
        if column.refused is not None:
            desk.terminal.remark(f"{column.heading}: {sentence(column.refused.value)}")
        elif column.guess:
            desk.terminal.say(f"{column.heading}: {FIELD_WORDS[column.guess]}")
    for row in found.wrong:
        desk.terminal.remark(sentence(row.problem or ""))
    desk.terminal.say(f"{len(found.good)} rows can be imported, {len(found.wrong)} cannot")


def _wrong(found: Preview) -> list[dict[str, Any]]:
    from ui.presenters.wording import sentence

    return [{"row": row.number, "problem": sentence(row.problem)} for row in found.wrong if row.problem is not None]


def _proposed(proposal: Proposal) -> dict[str, Any]:
    return {
        "sample": [{"code": one.case.code, "first_with": dict(one.adds)} for one in proposal.sample],
        "reserves": [{"code": one.case.code, "stands_by": one.stands_by} for one in proposal.reserves],
    }


def _covered(cases: list[Case]) -> list[str]:
    from ui.cli.words import columns
    from ui.presenters.cases.rows import cover_rows

    rows = [(one.trait, one.value, str(one.listed), str(one.sampled), str(one.engaged)) for one in cover_rows(cases)]
    return columns(("Characteristic", "Value", "List", "Sample", "Taking part"), rows)


_NOTHING = dict.fromkeys(
    ("description", "age_band", "need", "setting", "place", "ethnicity", "carer", "criteria", "person"), ""
)
