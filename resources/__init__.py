"""Data files shipped with FieldKit."""
