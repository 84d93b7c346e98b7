"""Both sides propose, agree, decline and end in any order: at most one is in force, and nothing is shown after its end.

A little model keeps what ought to hold; the database and the guard are compared with it after each step.
"""

from typing import Any

import pytest
from django.db import transaction
from django_scopes import scope
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from mitwerk.accounts.actions import create_user
from mitwerk.accounts.models import User
from mitwerk.clusters.models import Cluster, Role
from mitwerk.core.changes import Refused
from mitwerk.networks.actions import agree_affiliation, decline_affiliation, end_affiliation, propose_affiliation
from mitwerk.networks.models import Affiliation, Network
from mitwerk.networks.models.affiliations import BOTH_AGREED
from mitwerk.networks.models.terms import GIVES
from mitwerk.networks.queries import affiliations as reads
from mitwerk.networks.queries import agreements_in_force, networks_that_show
from mitwerk.networks.tests.cast import belong

SIDES = st.sampled_from(["network", "cluster"])
KEYS = [term.key for term in GIVES]
PARTS = st.sets(st.sampled_from(KEYS))


class Agreeing(RuleBasedStateMachine):
    """`yes` holds who agreed to which version; `force` the version in force."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic, self.scope = transaction.atomic(), scope(cluster=None)
        self.atomic.__enter__()
        self.scope.__enter__()
        self.yes: dict[int, set[str]] = {}
        self.gives: dict[int, set[str]] = {}
        self.closed: set[int] = set()
        self.force: int | None = None

    @initialize()
    def begin(self) -> None:
        self.cluster = Cluster.objects.create(slug="c", name={"de": "C"})
        self.network = Network.objects.create(slug="n", name={"de": "N"})
        self.network.clusters.set([self.cluster])
        names = ("network", "cluster", "both")
        users: dict[str, User] = {n: create_user(email=f"{n}@example.org", password=None, name=n) for n in names}
        for name in ("network", "both"):
            belong(users[name], self.network, "coordinator")
        for name in ("cluster", "both"):
            Role.objects.create(user=users[name], cluster=self.cluster, kind=Role.Kind.MANAGER)
        self.users = users

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.scope.__exit__(None, None, None)
        self.atomic.__exit__(None, None, None)

    def _actor(self, side: str, is_both: bool) -> User:
        return self.users["both" if is_both else side]

    def _newest(self) -> Affiliation | None:
        return Affiliation.objects.order_by("-version").first()

    @rule(side=SIDES, gives=PARTS, is_both=st.booleans())
    def propose(self, side: str, gives: set[str], is_both: bool) -> None:
        before = set(self.yes)
        try:
            made = propose_affiliation(
                network=self.network, cluster=self.cluster, side=side, gives=gives, gets=[], by_resolution=False,
                actor=self._actor(side, is_both),
            )  # fmt: skip
        except Refused:
            assert self.force is not None
            assert self.gives[self.force] == gives
            return
        if made.version not in before:
            self.closed |= {version for version in before if version != self.force}
            self.yes[made.version], self.gives[made.version] = {side}, set(gives)

    @rule(side=SIDES, is_both=st.booleans())
    def agree(self, side: str, is_both: bool) -> None:
        found = self._newest()
        if found is None:
            return
        actor, number = self._actor(side, is_both), found.version
        other = found.cluster_agreed_by if side == "network" else found.network_agreed_by
        may = number not in self.closed and (side in self.yes[number] or other != actor)
        try:
            agree_affiliation(affiliation=found, side=side, actor=actor)
        except Refused:
            assert not may
            return
        assert may
        self.yes[number].add(side)
        if len(self.yes[number]) == 2 and self.force != number:
            self.closed |= {self.force} - {None}  # type: ignore[arg-type]
            self.force = number

    @rule(side=SIDES, is_both=st.booleans())
    def decline(self, side: str, is_both: bool) -> None:
        self._close(decline_affiliation, side, is_both, lambda version: version != self.force)

    @rule(side=SIDES, is_both=st.booleans())
    def end(self, side: str, is_both: bool) -> None:
        self._close(end_affiliation, side, is_both, lambda version: version == self.force)

    def _close(self, verb: Any, side: str, is_both: bool, fits: Any) -> None:
        for found in list(Affiliation.objects.order_by("version")):
            is_open = found.version not in self.closed
            try:
                verb(affiliation=found, side=side, actor=self._actor(side, is_both))
            except Refused:
                assert is_open
                assert not fits(found.version)
                continue
            assert not is_open or fits(found.version)
            self.closed.add(found.version)
            self.force = None if self.force == found.version else self.force

    @invariant()
    def what_is_in_force_is_what_both_agreed_to(self) -> None:
        if not hasattr(self, "network"):
            return
        found = [one.version for one in agreements_in_force()]
        assert found == ([self.force] if self.force else [])
        assert all(self.yes[version] == {"network", "cluster"} for version in found)

    @invariant()
    def nothing_is_shown_but_what_is_in_force(self) -> None:
        if hasattr(self, "network"):
            shown = {key for key in KEYS if networks_that_show(key).exists()}
            assert shown == (self.gives[self.force] if self.force else set())


SLOW = settings(
    max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


@pytest.mark.django_db
def test_in_any_order_only_what_both_agreed_to_is_in_force_and_shown() -> None:
    run_state_machine_as_test(Agreeing, settings=SLOW)


@pytest.mark.django_db
def test_control_a_guard_that_forgets_the_end_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads, "agreements_in_force", lambda: Affiliation.objects.filter(BOTH_AGREED))
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Agreeing, settings=settings(SLOW, max_examples=200, phases=[Phase.generate]))
