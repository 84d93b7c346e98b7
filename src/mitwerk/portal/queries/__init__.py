"""Reads that join subjects. `table` holds the directory in memory, the others read through it or the database."""
