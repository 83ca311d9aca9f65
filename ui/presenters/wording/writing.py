"""Sentences about help with writing."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "writing.word": "A word of your own has 1 to {most} letters and no space",
    "writing.words_full": "Your list holds {most} words. Take one off in Settings, page ‘Reading and sound’",
    "cli.paper_time": "A note written on paper needs the time it was noticed, like --at 10:05",
    "blank.no_guide": "Only an interview sheet takes --guide",
    "writing.paste_cut": (
        "The first {most} characters are in the field. {left} more did not fit. To keep all of it, attach it as a file"
    ),
    "writing.text_name": "A name has 1 to {most} letters, figures or hyphens, like thanks or s42-told",
    "writing.text_taken": "There is a short text called ‘{name}’ already. Give this one another name",
    "writing.text_empty": "Enter the words that come in its place",
    "writing.text_long": "The words must be {most} characters or fewer",
    "dropin.paper_minutes": "Paper has no clock. Say how many minutes it took too, like {who}10 for ten",
    "writing.text_unknown": "There is no short text called ‘{name}’. fieldkit text list shows those there are",
    "writing.texts_full": "There are {most} short texts, which is the most. Take one off first",
}
