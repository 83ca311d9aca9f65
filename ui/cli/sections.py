"""What ``fieldkit section …`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.domain.section import Part


def list_all(desk: Desk) -> int:
    """Every part with its beginning, or that it is missing."""
    from fieldkit.app.sections import read_sections
    from ui.cli import choose, words

    with opened(desk) as vault:
        assessment = choose.assessment(vault.questions, desk.options.assessment)
        framework = words.framework_of(assessment, desk.options.pack)
        found = read_sections(vault.questions, assessment.id, framework)
    facts = [
        {"part": one.place.part.value, "subject": one.place.subject, "title": one.place.title, "texts": one.texts}
        for one in found
    ]
    rows = [(one.place.words, _short(one.text) or "Not written yet") for one in found]
    desk.terminal.show(facts, words.columns(("Part", "Text"), rows))
    return faults.OK


def put(desk: Desk) -> int:
    """One part."""
    from fieldkit.app.sections import place_of, write_section
    from fieldkit.domain.section import Part
    from ui.cli import choose, words

    part = Part(desk.options.part)
    subject, text = _given(desk, part)
    with opened(desk) as vault:
        assessment = choose.assessment(vault.questions, desk.options.assessment)
        framework = words.framework_of(assessment, desk.options.pack)
        place = place_of(framework, part, subject)
        made, _ = vault.perform(lambda uow: write_section(uow, framework, assessment.id, place, text))
    done = f"{place.words}: written." if made.text else f"{place.words}: taken out."
    desk.terminal.show(
        {"id": made.id, "part": part.value, "subject": place.subject, "title": place.title, "text": made.text}, done
    )
    return faults.OK


def _given(desk: Desk, part: Part) -> tuple[str, str]:
    given: list[str] = list(desk.options.words)
    wanted = 1 if part.value == "summary" else 2
    if len(given) != wanted:
        raise Mistake("section.no_subject", subject=" ".join(given[:1]), field="words")
    text = desk.stdin.read() if given[-1] == "-" else given[-1]
    return given[0] if wanted == 2 else "", text


def _short(text: str, most: int = 70) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
