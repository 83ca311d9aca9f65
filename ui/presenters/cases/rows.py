"""Cases as rows, and the sample beside the list by each characteristic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fieldkit.domain.case import Case, Sampling
from fieldkit.domain.sampling import ENGAGED, SAMPLE, Coverage, Pick, Proposal, coverage
from fieldkit.kernel.ids import RecordId
from fieldkit.reports.case_words import STATES, TRAITS

HEADS = ("Case", "Description", "Age band", "Need", "Setting", "Place", "Ethnicity", "Carer", "Sample")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case; ``cells`` are in the order of ``HEADS``."""

    id: RecordId
    cells: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverRow:
    """One value of a characteristic: how often on the list, in the sample, among those who take part."""

    trait: str
    value: str
    listed: int
    sampled: int
    engaged: int
    is_missing: bool
    """On the list and not in the sample."""

    @property
    def sentence(self) -> str:
        """For screen readers."""
        missing = ", not in the sample" if self.is_missing else ""
        return (
            f"{self.trait}, {self.value}: {self.listed} on the list, {self.sampled} in the sample, "
            f"{self.engaged} taking part{missing}"
        )


def case_row(case: Case) -> CaseRow:
    """A case in words."""
    state = STATES[case.sampling.value]
    known = [case.age_band, case.need, case.setting, case.place, case.ethnicity, case.carer]
    met = f"criteria met {case.criteria_met} of {len(case.criteria)}" if case.criteria else ""
    said = (f"Case {case.code}", case.description, *known, met, state, case.reason)
    return CaseRow(
        id=case.id, cells=(case.code, case.description, *known, state),
        sentence=", ".join(part for part in said if part),
    )  # fmt: skip


def cover_rows(cases: Sequence[Case]) -> tuple[CoverRow, ...]:
    """The coverage of list, sample and those who take part."""
    has_sample = any(one.sampling in (Sampling.SAMPLED, Sampling.ENGAGED) for one in cases)
    return tuple(_cover(one, has_sample=has_sample) for one in coverage(cases))


def headline(cases: Sequence[Case]) -> str:
    """``50 on the list   10 of 10 in the sample   4 in reserve   6 of 6 taking part``."""
    count = {state: sum(one.sampling is state for one in cases) for state in Sampling}
    sampled = count[Sampling.SAMPLED] + count[Sampling.ENGAGED]
    parts = [f"{len(cases)} on the list", f"{sampled} of {SAMPLE} in the sample"]
    parts += [f"{count[Sampling.RESERVE]} in reserve", f"{count[Sampling.ENGAGED]} of {ENGAGED} taking part"]
    if count[Sampling.NOT_ENGAGED]:
        parts.append(f"{count[Sampling.NOT_ENGAGED]} not taking part")
    return "   ".join(parts)


def explained(proposal: Proposal) -> tuple[str, ...]:
    """Why each case of a proposal was picked."""
    return (*(_why(pick) for pick in proposal.sample), *(_stands_by(pick) for pick in proposal.reserves))


def _why(pick: Pick) -> str:
    if pick.case.sampling is Sampling.ENGAGED:
        return f"{pick.case.code}: takes part already"
    if not pick.adds:
        return f"{pick.case.code}: a second of its kind"
    added = ", ".join(f"{TRAITS[name].casefold()} {value}" for name, value in pick.adds)
    return f"{pick.case.code}: first with {added}"


def _stands_by(pick: Pick) -> str:
    return f"{pick.case.code}: in reserve, most like {pick.stands_by}"


def _cover(one: Coverage, *, has_sample: bool) -> CoverRow:
    return CoverRow(
        trait=TRAITS[one.characteristic], value=one.value or "Not known", listed=one.listed, sampled=one.sampled,
        engaged=one.engaged, is_missing=has_sample and bool(one.value) and one.listed > 0 and one.sampled == 0,
    )  # fmt: skip
