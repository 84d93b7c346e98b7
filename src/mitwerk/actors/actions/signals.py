"""The one signal of the house, because what points at an organisation lies partly on floors above."""

from django.dispatch import Signal

organisations_merged = Signal()
"""Two organisations became one, or (`done` is given) were parted again; sent inside the transaction.

Only for references that the models cannot tell: choices inside page blocks and drafts, the index of the search.
Receivers get `loser`, `winner` and `done`. At a merge each returns what it did, as JSON; at an undo `done` holds
that under the name of its module, and it returns how many of its changes could not be taken back.
"""
