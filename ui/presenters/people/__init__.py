"""People of a visit by code, and the key to their names."""
