"""Scores: what each assessor judged, what stands, what follows."""
