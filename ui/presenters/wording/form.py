"""What the report on a form (XLSForm) says of each thing in it, beside its sheet and row."""

from __future__ import annotations

from typing import Final

ALWAYS = "The question is always shown"

PLAIN: Final[dict[str, str]] = {
    "form.place": "Places on a map (‘{type}’) are not taken here. The answer is written in words",
    "form.other_way": "‘{type}’ is not an answer that can be taken here. The answer is written in words",
    "form.rank": "Putting answers in order is not done here. The order is written in words",
    "form.outside_list": "Its answers are in another file, which is not read here. The answer is written in words",
    "form.choices_from_answers": "Its choices come from an earlier answer. The answer is written in words",
    "form.kobo_group": "‘{type}’ is shown as an ordinary section, one question at a time",
    "form.kobo_row": "‘{type}’ is asked here as a question of its own. The answer is written in words",
    "form.repeat_count": "How often it is repeated (‘{written}’) is not counted here. Ask it as often as there is need",
    "form.appearance": "The appearance ‘{written}’ is not shown here. The question is asked as it is",
    "form.parameters": "The parameters ‘{written}’ are not used here",
    "form.default": "The default ‘{written}’ is a rule and is not filled in here",
    "form.yes_or_no": "‘{written}’ in the column ‘{column}’ is read as no. Only yes and no are understood",
    "form.minutes": "‘{written}’ is not a number of minutes. No time is set",
    "form.statement_unknown": "No statement or kind of evidence of this assessment is called: {words}",
    "form.no_words": "It has no label. Its name is shown",
    "form.renamed": "The name stands in another section as well. Here it is called ‘{fresh}’",
    "form.formula": "A formula stood in this row. It is not run. What the cell showed when the file was saved is used",
    "form.rule": f"This rule cannot be run here (‘{{word}}’). {ALWAYS}",
    "form.rule_of_section": "This rule cannot be run here (‘{word}’). The section is always shown",
    "form.rule_asks_left_out": f"Its rule asks for ‘{{name}}’, which was left out. {ALWAYS}",
    "form.constraint": "This check cannot be run here (‘{word}’). Answers are not checked",
    "form.calculation": "This sum cannot be worked out here (‘{word}’). It stays empty",
    "form.choice_filter": "This rule cannot be run here (‘{word}’). All choices are offered",
}
LEFT_OUT: Final[dict[str, str]] = {
    "form.background_audio": "A form never starts a recording here. Nothing is recorded",
    "form.background_place": "Where a laptop is, is not recorded here",
    "form.device": "‘{type}’ is not collected here: it would tell who filled in the form, or on what",
    "form.hidden": "Hidden fields are not used here",
    "form.sheet": "This sheet is not used here",
    "form.column": "This column is not used here",
    "form.column_twice": "A column of this name stands further to the left. The first one is used",
    "form.media_of_choice": "Pictures and sounds of choices are not shown here",
    "form.sending": "Where and how answers are sent is decided here by your office, not by a form",
    "form.kinds": "Something in it is not a kind of activity. Known are: {known}",
    "form.choice_unnamed": "A choice needs a list name and a name of its own",
    "form.choice_twice": "The list ‘{list}’ has a choice of this name further up. The first one is used",
}
BLOCKING: Final[dict[str, str]] = {
    "form.no_survey": "There is no sheet called ‘survey’. The sheets are: {sheets}",
    "form.no_column": "There is no column ‘{column}’",
    "form.no_questions": "There is no question in this form",
    "form.no_type": "This row has no type",
    "form.no_name": "This row has no name",
    "form.name": "A name begins with a letter and has letters, digits, ‘_’, ‘-’ and ‘.’ only, 100 at most",
    "form.name_twice": "The name stands in row {first} already. Names must be different",
    "form.type_unknown": "No form has the type ‘{type}’",
    "form.no_list": "There is no list ‘{list}’ in the sheet ‘choices’",
    "form.not_ended": "This {kind} is never ended",
    "form.not_begun": "This {kind} is ended and was not begun",
    "form.too_deep": "More than {most} groups stand within each other",
    "form.rule_unknown_name": "Its rule asks for ‘{name}’, which is not in this form",
    "form.checker": "Other form programs would not load it either. The form checker says: {words}",
}
