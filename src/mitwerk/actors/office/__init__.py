"""Organisations, memberships, duplicates and merges in the office."""

from mitwerk.actors.office.duplicates import DuplicateOffice
from mitwerk.actors.office.merges import MergeOffice
from mitwerk.actors.office.organisations import (
    MembershipForm,
    OrganisationForm,
    OrganisationOffice,
    OrganisationRowForm,
    organisation_chooser,
)

__all__ = [
    "DuplicateOffice",
    "MembershipForm",
    "MergeOffice",
    "OrganisationForm",
    "OrganisationOffice",
    "OrganisationRowForm",
    "organisation_chooser",
]
