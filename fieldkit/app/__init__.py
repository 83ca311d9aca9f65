"""Use cases: plain functions over a unit of work, and the workspace that runs them."""
