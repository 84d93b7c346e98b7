"""Any sequence of entries, references, loads, merges and undos loses no reference (property test).

The oracle is a handful of sets: every reference that was ever added belongs to one entry, and every merge that stands
sends what belongs to the loser to the winner.
"""

from collections import Counter
from typing import Any

import pytest
from django.db import transaction
from django_scopes import scope
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mitwerk.actors.actions import MergeRefused, merge_organisations, merging, save_organisation, undo_merge
from mitwerk.actors.models import Membership, Merge, Organisation
from mitwerk.actors.tests.cast import Cast, make_cast, make_organisation
from mitwerk.competences.models import Reference
from mitwerk.networks.models import Network, NetworkMember
from mitwerk.projects.models import Partner, Project

NUMBERS = st.integers(0, 11)


class Merging(RuleBasedStateMachine):
    """A region of a few entries; `owned` is what each entry brought, `standing` the merges not undone, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.scope = scope(cluster=None)
        self.scope.__enter__()
        self.owned: dict[int, set[str]] = {}
        self.standing: list[tuple[Any, int, int]] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.scope.__exit__(None, None, None)
        self.atomic.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        self.cast: Cast = make_cast()
        Membership.objects.all().delete()
        self.networks = [Network.objects.create(slug=f"n{n}", name={"de": f"N{n}"}) for n in range(2)]
        self.projects = [
            Project.objects.create(slug=f"p{n}", title={"de": f"P{n}"}, summary={"de": "x"}) for n in range(2)
        ]
        Organisation.objects.exclude(pk=self.cast.firm.pk).delete()
        self.owned[self.cast.firm.pk] = set()

    def pick(self, number: int) -> Organisation:
        there = list(Organisation.objects.filter(merged_into=None).order_by("pk"))
        return there[number % len(there)]

    @rule(number=NUMBERS)
    def enter_or_load(self, number: int) -> None:
        """The same source row again and again: new, changed, or merged meanwhile."""
        if number % 2:
            made = make_organisation(f"Neu {len(self.owned)} GmbH", f"neu-{len(self.owned)}")
            self.owned[made.pk] = set()
            return
        saved = save_organisation(source_id=f"s{number}", name=f"Firma {number} {len(self.owned)}")
        self.owned.setdefault(saved.record.pk, set())

    @rule(number=NUMBERS, which=st.integers(0, 1))
    def add_reference(self, number: int, which: int) -> None:
        """Only what the entry has not got yet: a unique constraint would refuse it anyway."""
        one = self.pick(number)
        clusters = [self.cast.it, self.cast.food]
        Reference.objects.create(organisation=one, wording={"de": f"R{Reference.objects.count()}"})
        self.owned[one.pk].add(f"reference R{Reference.objects.count() - 1}")
        Membership.objects.get_or_create(organisation=one, cluster=clusters[which])
        NetworkMember.objects.get_or_create(organisation=one, network=self.networks[which])
        Partner.objects.get_or_create(organisation=one, project=self.projects[which], name="Partner")
        self.owned[one.pk] |= {f"membership {which}", f"network {which}", f"partner {which}"}

    @rule(one=NUMBERS, other=NUMBERS, lists=st.sampled_from(["both", "winner", "loser"]))
    def merge(self, one: int, other: int, lists: str) -> None:
        winner, loser = self.pick(one), self.pick(other)
        if winner == loser:
            return
        held = merge_organisations(winner=winner, loser=loser, choices={"sources": lists, "name": "loser"}, actor=None)
        self.standing.append((held, winner.pk, loser.pk))

    @precondition(lambda self: self.standing)
    @rule(number=NUMBERS)
    def undo(self, number: int) -> None:
        """Allowed where no later merge builds on it; what was added since stays with the winner."""
        at = number % len(self.standing)
        held, winner, _loser = self.standing[at]
        later = any(winner in pair[1:] for pair in self.standing[at + 1 :])
        try:
            told = undo_merge(merge=Merge.objects.get(pk=held.pk), actor=None)
        except MergeRefused:
            assert later
            return
        assert (later, told) == (False, [])
        del self.standing[at]

    def expected(self) -> Counter[tuple[int, str]]:
        heads = {key: key for key in self.owned}
        for _held, winner, loser in self.standing:
            heads = {key: winner if head == loser else head for key, head in heads.items()}
        return Counter({(heads[key], what) for key, things in self.owned.items() for what in things})

    @invariant()
    def no_reference_is_lost(self) -> None:
        if not self.owned:
            return
        clusters = [self.cast.it.pk, self.cast.food.pk]
        found = [(row.organisation_id, f"reference {row.wording['de']}") for row in Reference.objects.all()]
        found += [(r.organisation_id, f"membership {clusters.index(r.cluster_id)}") for r in Membership.objects.all()]
        found += [(r.organisation_id, f"network {r.network.slug[1]}") for r in NetworkMember.objects.all()]
        found += [(r.organisation_id, f"partner {r.project.slug[1]}") for r in Partner.objects.all()]
        assert Counter(found) == self.expected()
        assert Organisation.objects.count() == len(self.owned)


SLOW = settings(
    max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


@pytest.mark.django_db
def test_any_order_loses_no_reference() -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(Merging, settings=SLOW)


@pytest.mark.django_db
def test_control_a_merge_that_forgets_a_relation_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    kept = [one for one in merging.relations() if one.label != "networks.networkmember.organisation"]
    monkeypatch.setattr(merging, "relations", lambda: kept)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Merging, settings=settings(SLOW, max_examples=200, phases=[Phase.generate]))
