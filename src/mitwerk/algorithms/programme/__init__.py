"""The programme of a congress: what is wrong in it, what changed, what runs now, and how conference apps read it.

Callers import from the modules, because some functions are called like theirs.
"""
