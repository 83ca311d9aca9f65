"""Help with writing on the screen: short texts, drafts."""
