"""Every table says what it knows of people, or the build fails (TRUST P6)."""

from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from mitwerk.accounts.models import User
from mitwerk.people.models import Person
from mitwerk.privacy.marks import Mark, Named, Nobody, Personal, columns_of
from mitwerk.privacy.registry import MARKS

EMAILS_OF_NOBODY = {
    "clusters.Region.office_email", "clusters.Cluster.office_email", "pages.Operator.email",
    "pages.Operator.privacy_contact", "registrations.Seller.email",
}  # fmt: skip
"""Addresses of offices, which are public."""


ONLY_SQLITE = {"wagtailsearch.SQLiteFTSIndexEntry"}


def tables() -> dict[str, type[models.Model]]:
    return {one._meta.label: one for one in apps.get_models(include_auto_created=True) if not one._meta.proxy}


def unmarked(marks: dict[str, Mark]) -> list[str]:
    """What the registry lacks, or says of what is not there."""
    known, found = tables(), []
    found += [f"{label}: no mark" for label in known if label not in marks and known[label]._meta.managed]
    found += [f"{label}: no such model" for label in marks if label not in {*known, *ONLY_SQLITE}]
    for label, mark in marks.items():
        if label in known:
            found += [f"{label}.{name}" for name in _wrong_columns(known[label], mark)]
    return found


def _wrong_columns(model: Any, mark: Mark) -> list[str]:
    people = {f.name for f in model._meta.concrete_fields if f.related_model in (User, Person)}
    inherited = {f.name for parent in model._meta.parents for f in parent._meta.concrete_fields}
    if isinstance(mark, tuple):
        return [
            f"{name}: in one list" for one in mark for name in sorted(columns_of(model) ^ {*one.own, *one.left_out})
        ] + [f"{name}: in both lists" for one in mark for name in set(one.own) & set(one.left_out)]
    if isinstance(mark, Named):
        return [f"{name}: names a person" for name in people - set(mark.columns)]
    emails = {f.name for f in model._meta.concrete_fields if isinstance(f, models.EmailField)}
    emails -= {name for name in emails if f"{model._meta.label}.{name}" in EMAILS_OF_NOBODY}
    return [f"{name}: names a person" for name in sorted((people | emails) - inherited)]


def test_every_model_and_every_personal_column_has_a_mark() -> None:
    assert unmarked(MARKS) == []


def test_control_what_has_no_mark_is_told() -> None:
    [invited, invites] = MARKS["people.Invitation"]  # type: ignore[misc]
    lacking = {**MARKS, "people.Invitation": (replace(invited, own=invited.own[1:]), invites)}
    lacking |= {"actors.Claim": Nobody(), "actors.Merge": Named(()), "no.Model": Nobody()}
    del lacking["clusters.Message"]
    assert unmarked(lacking) == [
        "clusters.Message: no mark",
        "no.Model: no such model",
        "actors.Claim.email: names a person",
        "actors.Merge.by: names a person",
        "people.Invitation.email: in one list",
    ]


@pytest.mark.parametrize("label", [label for label, mark in MARKS.items() if isinstance(mark, Named)])
def test_who_is_named_can_be_taken_out(label: str) -> None:
    """Otherwise the account could not be deleted."""
    mark = MARKS[label]
    assert isinstance(mark, Named)
    assert [name for name in mark.columns if not apps.get_model(label)._meta.get_field(name).null] == []


def test_personal_marks_have_something_to_read() -> None:
    marks = [one for mark in MARKS.values() if isinstance(mark, tuple) for one in mark]
    assert all(isinstance(one, Personal) and one.own for one in marks)
