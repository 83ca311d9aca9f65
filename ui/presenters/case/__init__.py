"""The page of one case: its events as a table and as lanes, and the forms that add to it."""
