"""Writes in rooms."""
