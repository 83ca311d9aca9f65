"""A guide whose questions depend on each other, for tests of interviews."""

from __future__ import annotations

from fieldkit.domain.guide import ConsentScript, Guide
from fieldkit.domain.questions import Answer, Choice, Question, Section
from fieldkit.kernel.ids import AssessmentId, RecordId, new_id


def ruled(assessment: AssessmentId) -> Guide:
    """A guide with rules: q2 has choices, q3 is for those who choose yes, q4 stands in a section for the same.

    q5 offers towns of the region chosen in q6, and its answer is to be short.
    """
    choices = (Choice(name="yes", text="Yes, always"), Choice(name="no", text="No"))
    towns = (
        Choice(name="a", text="Ayton", more={"region": "n"}),
        Choice(name="b", text="Beeford", more={"region": "s"}),
    )
    regions = (Choice(name="n", text="North"), Choice(name="s", text="South"))
    return Guide(
        id=RecordId(new_id()), assessment=assessment, title="Ruled", form_id="ruled", version="1",
        consent=ConsentScript(id="standard", version="1", lines=("Who we are",)),
        sections=(Section(id="carers", title="Carers", relevant="selected(${q2}, 'yes')"),),
        questions=(
            Question(id="q1", text="Your role"),
            Question(id="q2", text="Do you care for somebody?", answer=Answer.ONE, choices=choices),
            Question(id="is_carer", text="", answer=Answer.CALCULATED, calculation="if(${q2} = 'yes', 1, 0)"),
            Question(id="q3", text="For whom?", relevant="${is_carer} = 1"),
            Question(id="q4", text="Since when?", section="carers"),
            Question(id="q6", text="Which region?", answer=Answer.ONE, choices=regions),
            Question(
                id="q5", text="Which town?", answer=Answer.ONE, choices=towns, chosen_from="region = ${q6}",
                constraint="string-length(.) < 20", constraint_message="A town has a short name.",
            ),
        ),
    )  # fmt: skip
