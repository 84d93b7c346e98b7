"""Writes of imports. `starting` holds what the office does; the other files what a worker does with it."""
