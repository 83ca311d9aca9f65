"""Sentences of the command line."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "cli.command_needed": "Enter a command. These are known",
    "cli.argument_needed": "Enter {what}",
    "cli.argument_unknown": "This is not known here: {what}",
    "cli.choice": "‘{given}’ is not a choice for {what}. Choose from {choices}",
    "cli.value": "‘{given}’ is not a value for {what}",
    "cli.value_needed": "Enter a value after {what}",
    "cli.usage": "The command line was not understood: {message}",
    "cli.not_utf8": "What was given is not UTF-8 text. Save it as UTF-8, then try again",
    "cli.passphrase_needed": "Nobody can be asked for the passphrase here. Use --passphrase-file FILE or {variable}",
    "cli.name_too_long": "The name of the file is too long for this computer. Nothing was read",
    "cli.file_missing": "There is no {file}",
    "cli.file_unread": "{file} was not read. Check that you may open it",
    "cli.no_folder": "There is no folder {folder}. Nothing was written",
    "cli.folder_used": "{folder} is in use for something else. Choose a new or empty folder",
    "cli.no_backup": "There is no backup of the vault in {folder}. Name one: fieldkit vault restore FILE",
    "cli.no_vault": "There is no vault in {folder}. Create one first: fieldkit vault create",
    "cli.none_yet": "There is no {what} yet. Add one first: fieldkit --help",
    "cli.not_found": "There is no {what} called ‘{wanted}’",
    "cli.not_together": "{what} and {other} do not go together: give one of them",
    "cli.which": "Several could be meant, so say which {what}: {choices}",
    "cli.note_needed": "Enter a note after the command, or give lines on standard input",
    "cli.tags_needed": "Enter tags to put on, or --remove and tags to take off",
    "cli.tag_unknown": "Tag not recognised: {word}. Nothing was changed",
    "cli.also_unknown": (
        "‘{word}’ is not one secondary tag of this framework. Enter its id or title, or set/id. Nothing was changed"
    ),
    "cli.limit": "Limit must be a number from 0 to 1,000,000",
    "cli.export_unwritten": "{file} was not written. The vault is unchanged. Check the folder and the free space",
    "cli.no_window": "The window did not open. Use a command: fieldkit --help",
    "cli.bug": (
        "FieldKit met a fault of its own ({kind}). What was saved stays saved. A report without anything you typed"
        " lies in {file}"
    ),
    "cli.bug_unwritten": "FieldKit met a fault of its own ({kind}). What was saved stays saved",
}
"""From code to sentence; braces name the error's details."""
