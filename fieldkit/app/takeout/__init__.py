"""Taking work out, and taking an export in again: everything of an assessment in each format that is written."""
