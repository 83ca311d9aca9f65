"""Tests of the user guide."""
