"""The seeded bugs: each is one place of the real code made wrong, as it was wrong in another system, and is caught."""
