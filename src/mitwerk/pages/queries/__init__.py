"""Reads of pages."""
