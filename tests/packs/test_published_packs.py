"""The two packs that came with the program say what was published, and never change once published."""

from __future__ import annotations

import json

import pytest

from fieldkit.domain.framework import Framework, Need
from fieldkit.domain.method import Aggregation, Polarity, Rounding, ScoredAt
from fieldkit.frameworks.files import digest_of, gather
from fieldkit.frameworks.library import INDEX, Library, built_in
from fieldkit.frameworks.problems import Report
from fieldkit.frameworks.reader import check

LIBRARY = Library()
ICS = LIBRARY.load("ics", "2023.1")
COUNCIL = LIBRARY.load("local-authority", "2023.1")

# Never edit a line here: somebody's assessment is pinned to it. A correction is a new version with a new line.
DIGESTS = {
    "ics 2023.1": "f6b499df7493ae7f1574a6768c1f2e0065e66cda16b6184d9358ffcdc7262a0c",
    "local-authority 2023.1": "e1f326a32da5821c8cb54ac3bfb340ab28d3569bd092e8bf297cefb84a4538aa",
    "provider 2026.1": "3c58c6670b7409596233e69e932e81c2540745d5865af689567dcba8acb9bb39",
}

SYSTEM = [
    ("Q1", "hl", "Supporting people to live healthier lives"),
    ("Q2", "lc", "Learning culture"),
    ("Q3", "st", "Safe and effective staffing"),
    ("Q4", "ea", "Equity in access"),
    ("Q5", "eo", "Equity in experience and outcomes"),
    ("Q6", "sg", "Safeguarding"),
    ("I1", "sp", "Safe systems, pathways and transitions"),
    ("I2", "ci", "Care provision, integration and continuity"),
    ("I3", "wt", "How staff, teams and services work together"),
    ("L1", "sd", "Shared direction and culture"),
    ("L2", "cl", "Capable, compassionate and inclusive leaders"),
    ("L3", "fs", "Freedom to speak up"),
    ("L4", "gm", "Governance, management and sustainability"),
    ("L5", "pc", "Partnerships and communities"),
    ("L6", "li", "Learning, improvement and innovation"),
    ("L7", "es", "Environmental sustainability – sustainable development"),
    ("L8", "we", "Workforce equality, diversity and inclusion"),
]
AUTHORITY = {
    "Working with people": ["Assessing needs", SYSTEM[0][2], SYSTEM[4][2]],
    "Providing support": [SYSTEM[7][2], SYSTEM[13][2]],
    "How the local authority ensures safety within the system": [SYSTEM[6][2], SYSTEM[5][2]],
    "Leadership": [SYSTEM[12][2], SYSTEM[14][2]],
}


def test_a_published_pack_never_changes() -> None:
    assert {f"{ref.id} {ref.version}": ref.digest for ref in LIBRARY.available()} == DIGESTS
    for ref in LIBRARY.available():
        files = gather(built_in() / ref.id / ref.version, Report())
        assert files is not None
        assert digest_of(files) == ref.digest, "make a new version; a published folder is never edited"


def test_every_pack_folder_is_in_the_index_and_every_entry_tells_the_truth() -> None:
    folders = {
        (pack.name, version.name)
        for pack in built_in().iterdir() if pack.is_dir() for version in pack.iterdir() if version.is_dir()
    }  # fmt: skip
    assert folders == {(ref.id, ref.version) for ref in LIBRARY.available()}
    for ref in LIBRARY.available():
        framework = LIBRARY.load(ref.id, ref.version, ref.digest)
        assert (framework.title, framework.matrix().subject) == (ref.title, ref.subject)
    assert set(json.loads((built_in() / INDEX).read_text("utf-8"))) == {"packs"}


@pytest.mark.parametrize("framework", [ICS, COUNCIL], ids=["system", "authority"])
def test_a_published_pack_is_sound_and_its_worked_examples_come_out(framework: Framework) -> None:
    assert check(built_in() / framework.id / framework.version) == []


def test_the_system_has_its_17_statements_with_their_codes_in_order() -> None:
    assert [(one.position, one.code, one.title) for one in ICS] == SYSTEM
    assert [theme.title for theme in ICS.themes] == ["Quality and safety", "Integration", "Leadership"]
    assert [one.number for one in ICS] == list(range(1, 18))


def test_the_authority_has_its_9_statements_in_4_themes() -> None:
    found = {theme.title: [one.title for one in COUNCIL.statements_of(theme.id)] for theme in COUNCIL.themes}
    assert found == AUTHORITY
    assert [one.code for one in COUNCIL] == ["an", "hl", "eo", "ci", "pc", "sp", "sg", "gm", "li"]


def test_a_title_that_both_share_has_one_id_and_one_code() -> None:
    shared = {one.title: (one.id, one.code) for one in ICS if one.title in {other.title for other in COUNCIL}}
    assert len(shared) == 8
    assert shared == {one.title: (one.id, one.code) for one in COUNCIL if one.title in shared}


def test_a_name_that_both_know_means_the_same_statement_in_both() -> None:
    """One line may be filed under both packs at once, so a word must not mean two things."""
    names = {name: one.id for one in ICS for name in (one.id, one.code, one.title, *one.aliases)}
    for one in COUNCIL:
        for name in (one.id, one.code, one.title, *one.aliases):
            assert names.get(name, one.id) == one.id, name


@pytest.mark.parametrize("framework", [ICS, COUNCIL], ids=["system", "authority"])
def test_the_six_categories_have_their_codes_and_numbers(framework: Framework) -> None:
    assert [(one.number, one.code, one.title) for one in framework.categories] == [
        (1, "pe", "People's experience of health and care services"),
        (2, "sl", "Feedback from staff and leaders"),
        (3, "pa", "Feedback from partners"),
        (4, "ob", "Observation"),
        (5, "pr", "Processes"),
        (6, "ou", "Outcomes"),
    ]


def test_a_system_needs_peoples_experience_everywhere_and_expects_the_rest() -> None:
    for one in ICS:
        needs = {category.code: ICS.need(one.id, category.id) for category in ICS.categories}
        assert needs.pop("pe") is Need.REQUIRED
        assert set(needs.values()) == {Need.EXPECTED}


def test_an_authority_never_uses_observation_nor_outcomes_in_the_first_round() -> None:
    for one in COUNCIL:
        needs = {category.code: COUNCIL.need(one.id, category.id) for category in COUNCIL.categories}
        assert needs == {
            "pe": Need.REQUIRED, "sl": Need.EXPECTED, "pa": Need.EXPECTED, "ob": Need.NOT_USED, "pr": Need.EXPECTED,
            "ou": Need.NOT_USED,
        }  # fmt: skip


@pytest.mark.parametrize("framework", [ICS, COUNCIL], ids=["system", "authority"])
def test_scores_and_ratings_are_the_published_ones(framework: Framework) -> None:
    method = framework.method
    assert method.scale is not None
    assert [(one.value, one.label) for one in method.scale.levels] == [
        (1, "Significant shortfalls"), (2, "Some shortfalls"), (3, "A good standard"), (4, "An exceptional standard"),
    ]  # fmt: skip
    assert [(one.label, one.low, one.high, one.score) for one in method.bands] == [
        ("Inadequate", 25, 38, 1), ("Requires improvement", 39, 62, 2),
        ("Good", 63, 87, 3), ("Outstanding", 88, 100, 4),
    ]  # fmt: skip
    assert (method.scored_at, method.rounding) == (ScoredAt.QUALITY_STATEMENT, Rounding.HALF_UP)
    assert method.aggregation is Aggregation.MEAN_OF_STATEMENTS


def test_only_a_system_has_figures_per_theme() -> None:
    assert (ICS.method.theme_step, COUNCIL.method.theme_step) == (True, False)


@pytest.mark.parametrize("framework", [ICS, COUNCIL], ids=["system", "authority"])
def test_limiters_nobody_confirmed_are_there_and_off_and_said_to_be_unconfirmed(framework: Framework) -> None:
    assert [(one.band, one.at_or_below, one.limited_to) for one in framework.method.limiters] == [
        ("good", 1, "requires-improvement"), ("outstanding", 2, "good"),
    ]  # fmt: skip
    assert not [one for one in framework.method.limiters if one.on or one.confirmed]
    assert "limiters" in {remark.id for remark in framework.unconfirmed}


def test_what_nobody_published_is_said_to_be_unconfirmed() -> None:
    assert {"matrix", "aggregation", "rounding", "effective-day"} <= {remark.id for remark in ICS.unconfirmed}
    assert {"later-rounds", "observation-default"} <= {remark.id for remark in COUNCIL.unconfirmed}


def test_scales_that_run_the_other_way_say_so_and_are_not_scored_on() -> None:
    others = [scale for scale in ICS.scales if scale is not ICS.method.scale]
    assert [(len(scale.levels), scale.polarity) for scale in others] == [
        (4, Polarity.LOWER_IS_BETTER), (5, Polarity.LOWER_IS_BETTER),
    ]  # fmt: skip


def test_a_system_has_its_purposes_and_principles_as_secondary_tags() -> None:
    sets = {tag_set.id: [tag.title for tag in tag_set.tags] for tag_set in ICS.tag_sets}
    assert len(sets["purposes"]) == 4
    assert len(sets["principles"]) == 6
    assert sets["trilogy"] == ["Quality planning", "Quality control", "Quality improvement"]


@pytest.mark.parametrize("framework", [ICS, COUNCIL], ids=["system", "authority"])
def test_every_statement_has_a_descriptor_and_prompts_in_plain_words(framework: Framework) -> None:
    for one in framework:
        assert 40 < len(one.descriptor) < 260
        assert one.prompts
        assert all(prompt.endswith(".") for prompt in one.prompts)


@pytest.mark.parametrize("framework", [ICS, COUNCIL], ids=["system", "authority"])
@pytest.mark.parametrize(
    ("name", "code"),
    [("LC", "lc"), (" learning  Culture ", "lc"), ("safety learning culture", "lc"), ("2", "lc"), ("Q2", "lc"),
     ("learning-culture", "lc"), ("Equity in experiences and outcomes", "eo"), ("sg", "sg"), ("nonsense", None)],
)  # fmt: skip
def test_a_statement_is_found_by_any_of_its_names(framework: Framework, name: str, code: str | None) -> None:
    found = ICS.statement_by(name)
    assert (found.code if found else None) == code
    other = framework.statement_by(name)
    assert other is None or other in framework.statements


def test_the_default_category_follows_the_activity_and_in_an_interview_the_speaker() -> None:
    def default(framework: Framework, **kinds: str) -> str | None:
        category = framework.default_category(**kinds)
        return category.code if category else None

    assert default(ICS, activity="observation") == "ob"
    assert default(ICS, activity="observation", speaker="staff") == "ob"
    assert default(ICS, activity="interview") == "sl"
    assert default(ICS, activity="interview", speaker="person") == "pe"
    assert default(ICS, activity="drop_in", speaker="partner") == "pa"
    assert default(ICS, activity="record_review", speaker="person") == "pr"
    assert default(ICS, speaker="carer") == "pe"
    assert default(ICS) is None
    assert default(COUNCIL, activity="observation") == "pr"


def test_insight_sources_come_from_inside_and_outside_in_words_and_figures() -> None:
    kinds = {(source.origin, source.nature) for source in ICS.insight_sources}
    assert len(kinds) == 4
    assert not [one for one in COUNCIL.insight_sources if one.category_id in {"observation", "outcomes"}]


def test_roles_are_found_by_code_or_title() -> None:
    chair = ICS.role_by("CH")
    assert chair is not None
    assert chair is ICS.role_by("chair")
    assert ICS.role_by("nobody") is None


def test_a_framework_can_be_kept_in_sets_and_compared() -> None:
    again = Library().load("ics", "2023.1")
    assert again == ICS
    assert len({again, ICS, COUNCIL}) == 2
    assert len(ICS) == 17
