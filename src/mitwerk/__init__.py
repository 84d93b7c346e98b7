"""Mitwerk: the platform a regional business cluster works on."""

__version__ = "0.1.0"
