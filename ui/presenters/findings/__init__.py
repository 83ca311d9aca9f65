"""Findings: claims of a statement with their evidence, and the written parts of the draft report."""
