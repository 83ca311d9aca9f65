"""Every sentence a pack's author reads about a problem, keyed by code.

They live in the core and not with the screens' words because ``fieldkit pack check`` and the tests of a
pack run without any screen.
"""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, str]] = {
    # The folder
    "folder.missing": "This folder cannot be read.",
    "folder.file_missing": "The pack has no file of this name. Every pack needs one.",
    "folder.file_unknown": "This file is not part of a pack. Known files: {known}.",
    "folder.file_unreadable": "This file cannot be read.",
    "folder.too_large": "This file is larger than {limit} bytes, the most a pack file may have.",
    # YAML
    "yaml.encoding": "This line holds bytes that are not UTF-8 text.",
    "yaml.syntax": "This is not YAML: {reason}.",
    "yaml.empty": "The file is empty.",
    "yaml.not_mapping": "The file must be a list of keys with values, such as ‘title: Learning culture’.",
    "yaml.documents": "The file holds more than one document. Remove the ‘---’ line.",
    "yaml.anchor": "Anchors and aliases (‘&name’, ‘*name’) are not allowed. Write the value out.",
    "yaml.tag": "YAML tags (‘!name’) are not allowed. Write the value plainly.",
    "yaml.deep": "Values are nested more than {limit} levels deep.",
    "yaml.long": "The file holds more than {limit} values.",
    "yaml.key": "A key must be plain text.",
    "yaml.key_twice": "The key ‘{key}’ stands here twice (first on line {first}).",
    # Keys and values
    "key.unknown": "The key ‘{key}’ is not known here. Known keys: {known}.",
    "key.missing": "The key ‘{key}’ is missing.",
    "value.empty": "‘{key}’ has no value.",
    "value.not_text": "‘{key}’ must be text.",
    "value.not_shown": "‘{key}’ holds a character that cannot be shown.",
    "value.too_long": "‘{key}’ must be {limit} characters or fewer.",
    "value.not_whole": "‘{key}’ must be a whole number, not ‘{value}’.",
    "value.out_of_range": "‘{key}’ must be from {low} to {high}, not {value}.",
    "value.not_flag": "‘{key}’ must be true or false, not ‘{value}’.",
    "value.not_date": "‘{key}’ must be a real date like 2023-04-01, not ‘{value}’.",
    "value.not_list": "‘{key}’ must be a list.",
    "value.not_mapping": "‘{key}’ must hold keys with values.",
    "value.choice": "‘{key}’ cannot be ‘{value}’. Known: {known}.",
    "value.form": "‘{key}’ must be like {example}, not ‘{value}’.",
    # What the parts say of each other
    "name.twice": "‘{name}’ already means {other} (line {line}). Each name can mean one {kind} only.",
    "name.again": "The {kind} ‘{name}’ stands here twice (first on line {line}).",
    "name.alias": "The alias ‘{name}’ must have three characters or more and at least one letter.",
    "reference.unknown": "There is no {kind} ‘{name}’ in this pack.",
    "order.dates": "The pack ends on {end}, before it starts on {start}.",
    "order.numbers": "Categories are numbered from 1 without gaps, so this one must be {expected}, not {value}.",
    "matrix.hole": "The matrix says nothing about {category} for ‘{statement}’.",
    "matrix.default": "{category} is not used anywhere in this pack, so it cannot be a default.",
    "scale.steps": "The numbers of a scale must go up by one: {expected} was expected, not {value}.",
    "scale.short": "A scale needs at least two levels.",
    "scale.reversed": "Scores are added up, so the scale used for them must have its best end at the top.",
    "scale.lowest": "Scores are added up, so the scale used for them must start at 1 or more.",
    "method.scale_missing": "Scores are given at {level}, so the method must name a scale.",
    "method.bands_missing": "Scores are given at {level}, so the pack must have bands.",
    "method.not_scored": "This pack gives no scores, so it cannot have {thing}.",
    "method.themes": "The overall figure is the mean of themes, so ‘theme_score’ must be true.",
    "bands.gap": "No band covers {low}% to {high}%.",
    "bands.overlap": "This band starts at {low}%, but the one before it goes up to {high}%.",
    "bands.backwards": "This band ends at {high}%, before it starts at {low}%.",
    "bands.start": "Bands must start at {expected}%, the least that can be scored, not at {value}%.",
    "bands.end": "Bands must end at 100%, not at {value}%.",
    "bands.score": "This band is worth {value}, which is not above the {before} of the band before it.",
    "limiter.unconfirmed_on": "An unconfirmed limiter cannot be on. Set ‘on’ to false.",
    "limiter.upwards": "A limiter can only lower a rating: {to} is not below {band}.",
    "example.none": "A pack that gives scores needs worked examples.",
    "example.form": "An example needs exactly one of: {known}.",
    "example.differs": "Worked example ‘{title}’: {what} should be {expected}, but the pack gives {found}.",
    "example.refused": "Worked example ‘{title}’ cannot be worked out: {reason}.",
}
