"""A small sound pack as text, and ways to spoil it: the shortest thing the reader accepts."""

from __future__ import annotations

from pathlib import Path

from fieldkit.frameworks.reader import check

FILES: dict[str, str] = {
    "pack.yaml": """\
id: small
version: "1.0"
title: A small framework
short_title: Small
status: draft
effective_from: 2024-01-31
effective_to: 2025-01-31
remarks:
  - id: made-up
    text: Made for tests.
    unconfirmed: true
""",
    "categories.yaml": """\
categories:
  - {id: people, code: pe, number: 1, title: People's words, short: People, descriptor: What people say.}
  - {id: papers, code: pr, number: 2, title: Papers, short: Papers, aliases: [documents], descriptor: What is written.}
  - {id: guesses, code: gu, number: 3, title: Guesses, short: Guesses, descriptor: What nobody knows.}
""",
    "statements.yaml": """\
themes:
  - id: care
    letter: C
    title: Care
    statements:
      - id: kind-care
        code: kc
        title: Kind care
        aliases: [kindness]
        descriptor: People are kind.
        prompts: [People are kind to me.]
      - id: good-food
        code: gf
        title: Good food
        descriptor: The food is good.
  - id: order
    letter: O
    title: Order
    statements:
      - id: clean-rooms
        code: cr
        title: Clean rooms
        descriptor: Rooms are clean.
""",
    "evidence.yaml": """\
matrices:
  - subject: local_authority
    title: Any
    everywhere: {people: required, papers: expected, guesses: not_used}
    except:
      good-food: {papers: required}
coverage:
  enough_items: 3
  enough_sources: 2
  strong_items: 5
  strong_activities: 2
  strong_category: people
activity_categories:
  interview: people
  record_review: papers
speaker_activities: [interview]
speaker_categories:
  staff: papers
""",
    "scoring.yaml": """\
scales:
  - id: marks
    title: Marks
    polarity: higher_is_better
    levels:
      - {value: 1, label: Poor}
      - {value: 2, label: Fair}
  - id: places
    title: Places
    polarity: lower_is_better
    levels:
      - {value: 1, label: First}
      - {value: 2, label: Second}
method:
  scored_at: quality_statement
  scale: marks
  theme_score: true
  overall_score: true
  rounding: half_up
  insufficient_evidence: no_rating
bands:
  - {id: low, label: Low, from: 50, to: 74, score: 1}
  - {id: high, label: High, from: 75, to: 100, score: 2}
limiters:
  - id: no-poor
    sentence: A high result with any poor mark is low.
    applies_to: overall
    band: high
    at_or_below: 1
    limited_to: low
    confirmed: true
    on: true
""",
    "words.yaml": """\
secondary_tags:
  - id: aims
    title: Aims
    tags:
      - {id: joy, title: Joy}
insight_sources:
  - {id: diary, title: Diaries, origin: internal, nature: qualitative, category: people}
roles:
  - {code: ck, title: Cook, speaker: staff}
glossary:
  - {term: Ward, meaning: A room with beds.}
abbreviations:
  - {short: NB, long: note well}
""",
    "examples.yaml": """\
examples:
  - title: Two poor, one fair
    scores: {kind-care: 1, good-food: 1, clean-rooms: 2}
    overall: {sum: 4/6, percent: "66.67", whole_percent: 67, band: low, next_band_points: 1}
    care: {sum: 2/4, band: low}
  - title: A poor mark limits
    scores: {kind-care: 2, good-food: 2, clean-rooms: 1}
    overall: {whole_percent: 83, band: low}
  - {title: Half, values: [1, 2], percent: "75", band: high}
  - {title: Five of six, total: 5, count: 3, band: high}
  - {title: All low totals, totals: 4-5, count: 4, band: low}
""",
}

MORE: dict[str, str] = {
    "characteristics.yaml": """\
characteristics:
  - statement: kind-care
    levels: [{level: 1, text: Nobody is kind.}, {level: 2, text: All are kind.}]
  - statement: good-food
    levels: [{level: 1, text: Cold.}, {level: 2, text: Warm.}]
  - statement: clean-rooms
    levels: [{level: 1, text: Dusty.}, {level: 2, text: Clean.}]
""",
    "crosswalk.yaml": """\
crosswalks:
  - from: small
    version: "0.9"
    former:
      - {id: manners, code: mn, title: Manners}
    categories: {words: people}
    statements:
      - {from: [manners, kind-care], to: [kind-care], reason: One question now.}
      - {from: [good-food], to: [good-food, clean-rooms], reason: Asked apart.}
      - {from: [clean-rooms], to: [], reason: Asked no more.}
""",
    "metrics.yaml": """\
metrics:
  - {id: falls, title: Falls, names: [A year], category: papers, statements: [kind-care], polarity: lower_is_better}
  - {id: place, title: Place, statements: [good-food], category: papers, polarity: lower_is_better, scale: places}
""",
}
"""The files that only some packs have."""


def write_pack(folder: Path, *spoilt: tuple[str, str, str]) -> Path:
    """Write the small pack; each ``(file, old, new)`` replaces text that must be there exactly once."""
    files = dict(FILES)
    for name, old, new in spoilt:
        assert files[name].count(old) == 1, f"{old!r} stands {files[name].count(old)} times in {name}"
        files[name] = files[name].replace(old, new)
    pack = folder / "small"
    pack.mkdir()
    for name, text in files.items():
        (pack / name).write_text(text, "utf-8", newline="\n")
    return pack


def told(folder: Path) -> list[str]:
    """What is wrong with a pack, as the command line shows it."""
    return [str(problem) for problem in check(folder)]
