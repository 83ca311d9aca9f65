"""What became of a hand-over file: counted while it is taken in, worded by whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass, field

from fieldkit.kernel.errors import FieldKitError


@dataclass(slots=True, kw_only=True)
class Account:
    """The account of one file, all of its parts together.

    ``taken`` revisions were new here, ``known`` were not; ``aside`` did not prove to be what they say, ``foreign`` are
    of assessments that are not this laptop's, ``unreadable`` are no revisions. ``spoilt`` counts places that did not
    prove themselves. ``last`` is the number of the last part, once that was seen.
    """

    bundle: str
    by: str = ""
    made_at: str = ""
    is_receipt: bool = False
    is_carriers: bool = False
    """It is a team-mate's word that they carry something of this laptop's: never a receipt of the store."""
    asks: bool = False
    """It hands nothing in: whoever wrote it asks for the team's work."""
    taken: int = 0
    known: int = 0
    aside: int = 0
    foreign: int = 0
    unreadable: int = 0
    spoilt: int = 0
    receipts: int = 0
    gaps: int = 0
    """Places of files that were passed over, for what lies before them is in a part that is not here yet."""
    files: set[str] = field(default_factory=set)
    """Exhibit numbers of files that are whole here now."""
    files_open: dict[str, int] = field(default_factory=dict)
    """Exhibit numbers of files of which something is still missing, and how many bytes."""
    parts: set[int] = field(default_factory=set)
    cut: set[int] = field(default_factory=set)
    """Parts that end before their end."""
    last: int | None = None
    problems: list[FieldKitError] = field(default_factory=list)

    @property
    def missing(self) -> list[int]:
        """Parts that were not there, as far as that can be told."""
        upto = self.last if self.last is not None else max(self.parts, default=0)
        return [number for number in range(1, upto + 1) if number not in self.parts]

    @property
    def is_whole(self) -> bool:
        """Whether everything that was written arrived."""
        if self.is_carriers:
            return not self.problems
        gone = self.missing or self.last is None or self.cut or self.files_open
        return not (gone or self.spoilt or self.problems)

    def add(self, problem: FieldKitError) -> None:
        """Note what stood in the way, once."""
        if all((one.code, one.details) != (problem.code, problem.details) for one in self.problems):
            self.problems.append(problem)
