"""The evidence list (ux S8): find, filter, tag in bulk."""
