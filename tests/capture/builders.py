"""Two small packs and some people for the capture line, built from the domain's own values."""

from __future__ import annotations

from datetime import date

from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.framework import Category, Framework, Matrix, Need, Statement, Status, Theme
from fieldkit.domain.method import Method, ScoredAt
from fieldkit.domain.people import Person
from fieldkit.kernel.ids import AssessmentId, PersonId, VisitId

ICS_STATEMENTS = """
hl Q1 Supporting people to live healthier lives
lc Q2 Learning culture
st Q3 Safe and effective staffing
ea Q4 Equity in access
eo Q5 Equity in experience and outcomes
sg Q6 Safeguarding
sp I1 Safe systems, pathways and transitions
ci I2 Care provision, integration and continuity
wt I3 How staff, teams and services work together
sd L1 Shared direction and culture
cl L2 Capable, compassionate and inclusive leaders
fs L3 Freedom to speak up
gm L4 Governance, management and sustainability
pc L5 Partnerships and communities
li L6 Learning, improvement and innovation
es L7 Environmental sustainability – sustainable development
we L8 Workforce equality, diversity and inclusion
"""
LA_STATEMENTS = """
an W1 Assessing needs
hl W2 Supporting people to live healthier lives
eo W3 Equity in experience and outcomes
ci P1 Care provision, integration and continuity
pc P2 Partnerships and communities
sp S1 Safe systems, pathways and transitions
sg S2 Safeguarding
gm L1 Governance, management and sustainability
li L2 Learning, improvement and innovation
"""
ALIASES = {"sg": ("safe",), "fs": ("speak-up",), "lc": ("learning",), "ea": ("accès",)}
CATEGORIES = """
pe People's experience
sl Feedback from staff and leaders
pa Feedback from partners
ob Observation
pr Processes
ou Outcomes
"""
PEOPLE = {
    "ch": "Chair", "ce": "Chief executive", "dn": "Director of nursing", "md": "Medical director",
    "s3": "Social worker", "sw-03": "Social worker, adult team",
}  # fmt: skip


def framework(pack: str, statements: str, categories: str) -> Framework:
    """A pack with one theme, the given statements (code, position, title) and categories (code, title)."""
    theme = Theme(id=f"{pack}.all", letter="Q", title="Everything", number=1)
    rows = [line.split(" ", 2) for line in statements.strip().splitlines()]
    kinds = [line.split(" ", 1) for line in categories.strip().splitlines()]
    made = tuple(
        Statement(
            id=f"{pack}-{code}", code=code, position=position, number=number, theme_id=theme.id, title=title,
            aliases=ALIASES.get(code, ()), descriptor=f"What good looks like for {title.lower()}.",
        )
        for number, (code, position, title) in enumerate(rows, 1)
    )  # fmt: skip
    columns = tuple(
        Category(id=f"{pack}-{code}", code=code, number=number, title=title, short=title)
        for number, (code, title) in enumerate(kinds, 1)
    )
    needs = {(row.id, column.id): Need.EXPECTED for row in made for column in columns}
    return Framework(
        id=pack, version="1.0", title=pack, short_title=pack.upper(), digest="0" * 64, status=Status.DRAFT,
        effective_from=date(2026, 1, 1), themes=(theme,), statements=made, categories=columns,
        matrices=(Matrix(subject="any", title="Any", needs=needs),), method=Method(scored_at=ScoredAt.NONE),
        activity_categories={"observation": f"{pack}-ob"} if pack == "ics" else {},
    )  # fmt: skip


ICS = framework("ics", ICS_STATEMENTS, CATEGORIES)
LA = framework("la", LA_STATEMENTS, "\n".join([*CATEGORIES.strip().splitlines()[:3], "pr Processes"]))
PERSONS = tuple(
    Person(
        id=PersonId(code), assessment=AssessmentId("a"), visit=VisitId("v"), code=code, role=role, organisation="Board"
    )
    for code, role in PEOPLE.items()
)
ONE_PACK = Vocabulary(frameworks=(ICS,), people=PERSONS)
TWO_PACKS = Vocabulary(frameworks=(ICS, LA), people=PERSONS)
