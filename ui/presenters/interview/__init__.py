"""The interview page: consent first, then one question at a time."""
