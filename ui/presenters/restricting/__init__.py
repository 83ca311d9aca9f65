"""Who may know what a note or a record says: asked, changed and lifted beside any page, and known on every row."""
