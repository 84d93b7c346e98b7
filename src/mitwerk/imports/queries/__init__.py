"""Reads of imports: whose they are, what a row means, and what it would change in the directory."""
