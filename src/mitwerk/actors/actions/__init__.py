"""Writes of organisations: entering, loading, taking over, merging."""

from mitwerk.actors.actions.merging import MergeRefused, forget_merges, merge_organisations, tell_apart
from mitwerk.actors.actions.organisations import (
    OrganisationFields,
    add_to_organisation,
    change_organisation,
    remove_organisation,
    save_memberships,
    save_organisation,
    take_over,
)
from mitwerk.actors.actions.signals import organisations_merged
from mitwerk.actors.actions.undoing import undo_merge

__all__ = [
    "MergeRefused",
    "OrganisationFields",
    "add_to_organisation",
    "change_organisation",
    "forget_merges",
    "merge_organisations",
    "organisations_merged",
    "remove_organisation",
    "save_memberships",
    "save_organisation",
    "take_over",
    "tell_apart",
    "undo_merge",
]
