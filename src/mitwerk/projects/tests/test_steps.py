"""The way of a project by its verbs: who may, what is needed, what follows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mitwerk.accounts.models import AuditEntry
from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.pipeline import PHASES, PUBLIC, status_of
from mitwerk.core.changes import Refused
from mitwerk.outbox.models import Mail
from mitwerk.projects.actions import bring_in_idea, decide, drop_idea, take_step, write_idea
from mitwerk.projects.models import Partner, Project, Step
from mitwerk.projects.queries import published_projects
from mitwerk.projects.tests.way import COMPLETE, Way, lead_to


def history(project: Project) -> list[tuple[str, str]]:
    return [(step.verb, step.phase) for step in project.steps.order_by("pk")]


def test_the_model_knows_the_phases_and_verbs_of_the_way() -> None:
    assert set(Project.Phase.values) == set(PHASES)
    assert {status_of(phase) for phase in PHASES} <= set(Project.Status.values)


def test_an_idea_is_a_draft_of_its_carrier(way: Way, cast: Cast) -> None:
    assert (way.idea.phase, way.idea.state, way.idea.status) == ("idea", "draft", "planned")
    assert [(p.organisation, p.role) for p in way.idea.partners.all()] == [(cast.firm, Partner.Role.CARRIER)]
    assert history(way.idea) == [("bring-in", "idea")]
    assert AuditEntry.objects.filter(verb="project.bring-in", cluster_slug="it").count() == 1


def test_from_idea_to_end(way: Way) -> None:
    project = lead_to(way, "running")
    assert published_projects().filter(pk=project.pk).exists()
    assert project.start_year == timezone.localdate().year
    take_step(project=project, verb="achieve", actor=way.carrier, text="Messen lohnt sich.")
    project.refresh_from_db()
    assert (project.phase, project.status, project.state) == ("achieved", "finished", "published")
    assert project.end_year == timezone.localdate().year
    assert [verb for verb, _phase in history(project)] == [
        "bring-in", "submit", "accept", "form", "start", "achieve",
    ]  # fmt: skip


def test_nobody_reads_of_it_before_partners_are_looked_for(way: Way) -> None:
    for phase in ("submitted", "accepted"):
        lead_to(way, phase)
        assert not published_projects().filter(pk=way.idea.pk).exists()
    lead_to(way, "forming")
    assert published_projects().filter(pk=way.idea.pk).exists()


def test_an_idea_with_gaps_is_not_handed_in(way: Way, cast: Cast) -> None:
    bare = bring_in_idea(organisation=cast.firm, cluster=cast.it, values={"title": {"de": "X"}}, actor=way.carrier)
    with pytest.raises(Refused, match="das Problem, für wen, was die Träger einbringen, was gesucht wird"):
        take_step(project=bare, verb="submit", actor=way.carrier)
    bare.refresh_from_db()
    assert bare.phase == "idea"


@pytest.mark.parametrize(
    ("decision", "phase", "text", "days"),
    [
        ("accept", "accepted", "", 0),
        ("accept-with-conditions", "conditional", "Mit zweitem Träger.", 0),
        ("defer", "deferred", "Nach der Sommerpause.", 30),
        ("decline", "declined", "Gibt es schon.", 0),
    ],
)
def test_the_board_decides(way: Way, decision: str, phase: str, text: str, days: int) -> None:
    lead_to(way, "submitted")
    until = timezone.localdate() + timedelta(days=days) if days else None
    step = decide(project=way.idea, decision=decision, actor=way.board, text=text, until=until)
    way.idea.refresh_from_db()
    assert (way.idea.phase, way.idea.due_on, way.idea.state) == (phase, until, "draft")
    assert (step.text, step.until, step.by) == (text, until, way.board)
    mail = Mail.objects.get(key=f"project/{way.idea.public_id}/step/{step.pk}/{way.carrier.person.public_id}")
    assert (mail.to, text in mail.text) == (way.carrier.email, True)


@pytest.mark.parametrize("decision", ["accept-with-conditions", "defer", "decline", "submit", "form", "", "x"])
def test_a_decision_without_its_words_is_refused(way: Way, decision: str) -> None:
    lead_to(way, "submitted")
    with pytest.raises(Refused):
        decide(project=way.idea, decision=decision, actor=way.board, text=" ")
    assert Project.objects.get(pk=way.idea.pk).phase == "submitted"


def test_nothing_is_deferred_until_a_day_that_is_over(way: Way) -> None:
    lead_to(way, "submitted")
    with pytest.raises(Refused):
        decide(project=way.idea, decision="defer", actor=way.board, text="Später", until=timezone.localdate())


def test_of_two_decisions_one_counts(way: Way) -> None:
    lead_to(way, "submitted")
    seen_by_another = Project.objects.get(pk=way.idea.pk)
    decide(project=way.idea, decision="accept", actor=way.board)
    with pytest.raises(Refused):
        decide(project=seen_by_another, decision="decline", actor=way.board, text="Nein")
    assert Step.objects.filter(project=way.idea, verb="decline").count() == 0


def test_carriers_do_not_decide(way: Way) -> None:
    lead_to(way, "submitted")
    with pytest.raises(Refused):
        take_step(project=way.idea, verb="accept", actor=way.carrier)


def test_handing_in_tells_the_office_and_the_board(way: Way, cast: Cast) -> None:
    lead_to(way, "submitted")
    addresses = set(Mail.objects.filter(key__startswith=f"project/{way.idea.public_id}").values_list("to", flat=True))
    assert way.board.email in addresses
    assert way.foreign_board.email not in addresses
    assert len(addresses) == 2


def test_what_is_handed_in_is_not_written_any_more(way: Way) -> None:
    write_idea(project=way.idea, values={"problem": {"de": "Neu"}}, actor=way.carrier)
    lead_to(way, "submitted")
    for verb in (lambda: write_idea(project=way.idea, values=COMPLETE, actor=way.carrier),
                 lambda: drop_idea(project=way.idea, actor=way.carrier)):  # fmt: skip
        with pytest.raises(Refused):
            verb()
    take_step(project=way.idea, verb="revise", actor=way.carrier)
    drop_idea(project=way.idea, actor=way.carrier)
    assert not Project.objects.filter(slug="teig-messen").exists()


def test_the_database_holds_what_the_phase_says(way: Way) -> None:
    for values in ({"state": "published"}, {"phase": "deferred"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Project.objects.filter(pk=way.idea.pk).update(**values)
    Project.objects.filter(pk=way.idea.pk).update(phase=min(PUBLIC), state="published")  # control


def test_a_step_keeps_what_a_colleague_wrote_meanwhile(way: Way) -> None:
    """The page with the button was open while somebody else changed the idea."""
    stale = Project.objects.get(pk=way.idea.pk)
    write_idea(project=way.idea, values={"offer": {"de": "Auch Sensoren."}}, actor=way.carrier)
    take_step(project=stale, verb="submit", actor=way.carrier)
    found = Project.objects.get(pk=way.idea.pk)
    assert (found.phase, str(found.offer)) == ("submitted", "Auch Sensoren.")


def test_no_mail_names_an_address_in_its_key(way: Way) -> None:
    """The key stays when the mail is forgotten."""
    lead_to(way, "accepted")
    keys = list(Mail.objects.values_list("key", flat=True))
    assert len(keys) > 2
    assert [key for key in keys if key and "@" in key] == []
