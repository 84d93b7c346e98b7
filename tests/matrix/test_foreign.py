"""TRUST A2: below one's own record the child of another one is missing, and the other way round; nothing changes.

A is the IT cluster with the firm, B the food cluster with the bakery.
"""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db.models import Model
from django.utils import timezone

from mitwerk.actors.office.comparing import MergeForm
from mitwerk.people.models import Invitation
from mitwerk.people.queries import token_hash
from mitwerk.people.tests.cast import represent
from tests.matrix.asking import Places, asker, leave_undrawn, letter, ways
from tests.matrix.cast import House

OF_THE_REGION = {"portal:competence", "people:organisation_claim"}
"""A term belongs to everybody; an entry is claimed in the region."""


@pytest.fixture(autouse=True)
def quick(db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("CRITICAL")
    leave_undrawn(monkeypatch)


LEFT_OUT = {*OF_THE_REGION, "charter:file", "registrations:results_public"}
"""The file of a charter is the cluster's own, not a record that may be another one's; the results of a congress are
told when it is over."""
RECORDS = (["cluster", "slug"], ["cluster", "str"])
"""Places of the addresses of one record inside a cluster."""


def test_inside_a_cluster_there_is_nothing_of_another_one(house: House) -> None:
    browser, places = asker(None), Places(house)
    own, foreign = {}, {}
    inside = [
        (name, places.fill(address))
        for name, addresses in ways("de").items()
        for address in addresses
        if name not in LEFT_OUT and [kind for kind, _name in address.places] in RECORDS
    ]
    for name, path in inside:
        own[name] = browser.ask("GET", path)
        foreign[name] = browser.ask("GET", path.replace("/de/it/", "/de/ernaehrung/"))
    assert len(foreign) == 21
    assert {name: found for name, found in foreign.items() if found != "r"} == {}, "it is found in the region"
    assert {name: found for name, found in own.items() if found != "o"} == {}, "control: inside its own it is there"


def children(house: House) -> dict[str, tuple[str, Model]]:
    """Of the bakery, what the firm has as well: how a page of the firm's would end it, and the row."""
    there = represent(house.people.stranger, house.cast.bakery, "editor")
    offer = Invitation.objects.create(
        email="b@example.org", organisation=house.cast.bakery, represents_as="editor", token_hash=token_hash("b"),
        expires_at=timezone.now() + timezone.timedelta(days=7),
    )  # fmt: skip
    return {"people:representative_end": ("until", there), "people:invitation_revoke": ("revoked_at", offer)}


@pytest.mark.parametrize(("who", "slug", "may"), [
    ("delegate of the firm", "aehrenwerk", False),
    ("delegate of the firm", "backhaus", False),
    ("editor of A", "aehrenwerk", False),
    ("without a role", "backhaus", True),
])  # fmt: skip
def test_below_ones_own_organisation_there_is_nobody_elses(house: House, who: str, slug: str, may: bool) -> None:
    """The last one may, and shows that the address is right."""
    browser, slugs = asker(house.users[who]), {"aehrenwerk": house.cast.firm.slug, "backhaus": house.cast.bakery.slug}
    for name, (column, child) in children(house).items():
        path = ways("de")[name][0].filled(slugs[slug], child.public_id)  # type: ignore[attr-defined]

        def look(answer: Any, child: Model = child, column: str = column) -> tuple[bool, bool]:
            child.refresh_from_db()
            return letter(answer) == "m", getattr(child, column) is not None

        assert browser.send("POST", path, look) == (not may, may)


@pytest.mark.parametrize(("who", "is_merged"), [("editor of A", False), ("umbrella editor", True)])
def test_two_organisations_are_merged_by_who_may_edit_both(house: House, who: str, is_merged: bool) -> None:
    browser, [address] = asker(house.users[who]), ways("de")["office_duplicates:compare"]
    pair = [house.cast.firm, house.cast.bakery]

    def look(answer: Any) -> list[bool]:
        for one in pair:
            one.refresh_from_db()
        return [letter(answer) == "m", any(one.merged_into_id for one in pair)]

    form = MergeForm(winner=pair[0], loser=pair[1])
    chosen = urlencode({name: field.initial for name, field in form.fields.items()})
    path = address.filled(*(one.pk for one in pair))
    found = browser.send("POST", path, look, content_type="application/x-www-form-urlencoded", data=chosen)
    assert found == [not is_merged, is_merged]


def test_a_page_has_only_its_own_revisions(house: House) -> None:
    browser, home = asker(house.users["administrator"]), house.records["home"]
    home.save_revision()  # type: ignore[attr-defined]
    own, foreign = home.latest_revision_id, house.records["page"].latest_revision_id  # type: ignore[attr-defined]
    found = {}
    for name in ("wagtailadmin_pages:revisions_revert", "wagtailadmin_pages:revisions_view"):
        [address] = ways("de")[name]
        found[name] = [browser.ask("GET", address.filled(home.pk, revision)) for revision in (own, foreign)]
    assert list(found.values()) == [["o", "m"]] * 2
