"""Sentences about work that is taken out, and about files that are taken in again."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "import.no_file": "There is no export at {file}. Give the file, or the folder that fieldkit export folder made",
    "import.no_path": "Choose the file, or the folder with it",
    "import.stopped": "It was stopped. Nothing was taken in",
    "import.stopped_within": (
        "It was stopped. What came before that stays. Take the same file in once more for the rest"
    ),
    "import.malformed": (
        "This file is cut off or no export of FieldKit. Nothing was taken in. Ask for it again, and check it with"
        " docs/verify_export.py"
    ),
    "import.not_export": "This is not an export of FieldKit. Nothing was taken in",
    "import.later_version": (
        "This export was written by a later version of FieldKit. Nothing was taken in. Update FieldKit, then take it"
        " in again"
    ),
    "import.altered": (
        "Record {what} in this file is not what was signed: the file was altered or damaged. Nothing was taken in."
        " Ask for it again"
    ),
    "import.key_missing": (
        "Record {what} was signed by a laptop whose key is not in this file. Nothing was taken in. Ask for it again"
    ),
    "import.differs": (
        "Record {what} is in this vault with other words. Nothing was taken in. Keep the file and ask your lead which"
        " is right"
    ),
    "import.key_differs": (
        "The file names another key for laptop {device} than this vault knows. Nothing was taken in. Ask your lead"
        " where the file comes from"
    ),
    "import.device_unknown": (
        "{count} laptops that signed this file are not on the list of your office. Nothing was taken in. Ask your"
        " office, or take it in on a vault of its own"
    ),
    "import.not_on_team": (
        "Your office does not have you on the team of ‘{name}’. Nothing was taken in. Ask your lead"
    ),
    "import.nothing": "The proof in this file holds no assessment. Nothing was taken in. Ask for it again",
    "import.file_missing": "The file {file} is not beside the export. Nothing was taken in. Copy the whole folder",
    "import.file_differs": "The file {file} is not the one that its record names. Nothing was taken in. Copy it again",
    "import.file_outside": "The export names a file outside its folder: {file}. Nothing was taken in",
}
EXPORT: dict[str, str] = {
    "export.exists": "{file} is there already. Nothing was written. Choose another name",
    "export.is_folder": "{file} is a folder. Nothing was written. Name a file, or another place",
    "export.no_codes": "No framework of this assessment is on this laptop. Nothing was written. Add it in Settings",
    "refi.no_file": "There is no file {file} that can be read. Check its name",
    "refi.too_large": "{file} is larger than {most} MB, or unpacks to more. It was not read",
    "refi.not_package": "{file} is no whole REFI-QDA project. Export it again from the other program",
    "refi.not_xml": "{file} is cut off, or no REFI-QDA file. Export it again from the other program",
    "refi.not_codebook": "{file} holds no codebook. Export a codebook (.qdc) from the other program",
    "refi.no_statements": "{file} has no code to work with. Nothing was made",
    "refi.too_many_codes": "This file has more than {most} codes. It was not read",
}

_LOSSES: dict[str, str] = {
    "namespace": "The file is of another version of the standard: {what}",
    "element": "Passed over, the standard does not know it in a codebook: {what}",
    "code_unnamed": "A code without a name was left out",
    "code_too_deep": "Left out, too deep: {what}",
    "guid_twice": "Two codes had one identity: {what}",
    "sets": "Sets of codes are not kept: {what}",
    "colours": "Colours are not kept",
    "folder": "Every pack has this of itself, so it is left out: {what}",
    "folder_opened": "A folder of folders is not kept, each of those is a theme: {what}",
    "folder_empty": "A folder without codes was left out: {what}",
    "nesting": "Stood below another code, now beside it: {what}",
    "renamed": "Renamed, its name was taken: {what}",
    "theme_beyond": "Left out, a pack has 26 themes at most: {what}",
    "statement_beyond": "Left out, a pack has 200 statements at most: {what}",
    "category_beyond": "Left out, a pack has 9 kinds of evidence at most: {what}",
}
"""What a codebook of another program had and the draft pack made of it has not."""


def codebook_loss(code: str, what: str) -> str:
    """One loss in words."""
    return _LOSSES.get(code, "{what}").format(what=what)


BLIND_TAKEN = "What others scored is in it too: a blind round hides it on the screens alone."


def begun_words(count: int) -> str:
    """That what was typed and not saved is in nothing that is taken out; empty where there is none."""
    if not count:
        return ""
    lines = "1 line or form is" if count == 1 else f"{count} lines and forms are"
    return f"{lines} begun and not saved, and will not be in it. Save what belongs in it first. Nothing is lost."
