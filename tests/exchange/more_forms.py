"""Three more forms as people send them round: households, a checklist with matrices, one from before 2012."""

from __future__ import annotations

from collections.abc import Mapping

from tests.exchange.forms import Table

HOUSEHOLD: Mapping[str, Table] = {
    "survey": [
        ["type", "name", "label::English (en)", "label::Français (fr)", "hint::English (en)", "hint::Français (fr)",
         "relevant", "constraint", "constraint_message::English (en)", "constraint_message::Français (fr)",
         "repeat_count", "calculation", "required_message::English (en)", "read_only"],
        ["select_one yes_no", "consent", "Do you agree?", "Êtes-vous d'accord ?", "Read it out", "Lisez à haute voix"],
        ["begin group", "home", "Your home", "Votre foyer", "", "", "${consent} = 'yes'"],
        ["integer", "people", "How many live here?", "Combien vivent ici ?", "", "", "", ". > 0 and . <= 20",
         "Between 1 and 20", "Entre 1 et 20", "", "", "Needed"],
        ["begin repeat", "person", "Each person", "Chaque personne", "", "", "", "", "", "", "${people}"],
        ["text", "first_name", "A code for them", "Un code"],
        ["integer", "age", "How old?", "Quel âge ?", "", "", "", ". >= 0 and . < 120", "Under 120", "Moins de 120"],
        ["select_multiple need", "needs", "What do they need?", "De quoi ?", "", "",
         "${age} >= 65 and selected(${consent}, 'yes')"],
        ["end repeat"],
        ["calculate", "elders", "", "", "", "", "", "", "", "", "", "count-if(${age}, ${age} >= 65)"],
        ["text", "waits", "How long did they wait?", "Combien de temps ?", "", "",
         "count(${person}) > 1 and not(${needs} = '')"],
        ["decimal", "score", "Score", "Note", "", "", "", "", "", "", "", "", "", "yes"],
        ["end group"],
        ["geotrace", "path", "Walk round it", "Faites le tour"],
        ["xml-external", "villages"],
        ["hidden", "version_of"],
        ["select_multiple_from_file wards.geojson", "ward", "Which wards?", "Quels quartiers ?"],
    ],
    "choices": [
        ["list_name", "name", "label::English (en)", "label::Français (fr)", "image"],
        ["yes_no", "yes", "Yes", "Oui", "yes.png"], ["yes_no", "no", "No", "Non"],
        ["need", "visit", "A visit", "Une visite"], ["need", "lift", "A lift", "Un transport"],
    ],
    "settings": [["form_title", "form_id", "default_language"], ["Households", "hh", "English (en)"]],
    "external_choices": [["list_name", "name", "label"], ["ward", "w1", "Ward 1"]],
}  # fmt: skip

CHECKLIST: Mapping[str, Table] = {
    "survey": [
        ["type", "name", "label", "required", "relevant", "appearance", "kobo--matrix_list", "bind::oc:itemgroup",
         "hxl", "_or_other"],
        ["begin_group", "head", "Head of the sheet", "", "", "w4 field-list"],
        ["select_one yn or_other", "clean", "Is it clean?", "TRUE", "", "horizontal-compact"],
        ["range", "rate", "How good, 1 to 5?"],
        ["end_group"],
        ["begin_kobomatrix", "stock", "Stock", "", "", "", "items"],
        ["text", "number", "Number"],
        ["end_kobomatrix"],
        ["begin_score", "feelings", "How do you feel about"],
        ["score__row", "staff_now", "Staff"],
        ["end_score"],
        ["begin_rank", "wishes", "First, second"],
        ["rank__level", "wish_1", "First"],
        ["end_rank"],
        ["acknowledge", "shown", "I was shown round"],
        ["video", "film", "A film"],
    ],
    "choices": [
        ["list name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "yes", "Yes again"], ["items", "gloves", "Gloves"],
    ],
    "settings": [["form_title", "style", "allow_choice_duplicates"], ["Checklist", "theme-grid", "yes"]],
}  # fmt: skip

OLD: Mapping[str, Table] = {
    "Survey": [
        ["Type", "Name", "Caption", "Hint", "bind:relevant", "bind:constraint", "bind:jr:constraintMsg", "jr:count",
         "appearance"],
        ["select one from YesNo", "ill", "Were you ill?"],
        ["begin looped group", "stay", "Each stay"],
        ["date time", "came", "When did you come?"],
        ["select all that apply from Help or specify other", "got", "What helped?", "More than one", "${ill} = 'y'"],
        ["end looped group"],
        ["location", "place", "Where?"],
        ["phone number", "phone"],
        ["string", "why", "Why?", "", "", "regex(., '^[A-Z].*')", "Begin with a capital"],
    ],
    "Choices": [["List Name", "Name", "Caption"], ["YesNo", "y", "Yes"], ["YesNo", "n", "No"], ["Help", "b", "A bed"]],
}  # fmt: skip
