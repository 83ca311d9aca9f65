"""Benchmarks: programs that print figures and ratios to a limit measured in the same run."""
