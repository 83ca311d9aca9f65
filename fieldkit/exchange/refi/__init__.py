"""REFI-QDA, the standard by which programs for qualitative analysis exchange projects (.qdpx) and codebooks (.qdc).

The writers are strict (the schemas and a checker of our own hold them to the standard), the readers lenient: what they
pass over is said. ``resources/refi-qda`` has the two schemas.
"""
