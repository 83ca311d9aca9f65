"""Help with writing: spelling, abbreviations, short texts of one’s own, pasting, finding in drafts."""
