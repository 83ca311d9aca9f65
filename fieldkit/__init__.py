"""The core of FieldKit: what an assessment is, without screens, databases or networks."""

__version__ = "0.1.0"
