"""Reads of the languages: what is public and the user's, what of it lacks a language, and its texts one by one."""
