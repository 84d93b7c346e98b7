"""What is invented for the demo: a firm, its board, a charter and a congress. Nobody acts for a real organisation."""

from datetime import timedelta

from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.actors.actions import change_organisation, take_over
from mitwerk.actors.models import Membership, Organisation
from mitwerk.algorithms.contributions import FIRM
from mitwerk.charter.actions import add_paragraph, change_charter, open_phase, publish_version, suggest
from mitwerk.charter.models import Charter
from mitwerk.charter.queries import charter_of
from mitwerk.clusters.models import Cluster
from mitwerk.congress.actions import announce_congress, take_step, write_contribution
from mitwerk.congress.models import Congress, Track
from mitwerk.core.changes import Row
from mitwerk.core.translated import Translated
from mitwerk.governance.actions import change_body, invite, plan_sitting, write_item, write_motion
from mitwerk.governance.models import AgendaItem, Body, Mandate, Motion, Sitting
from mitwerk.people.models import Person
from mitwerk.registrations.actions.offering import set_up


def demo_firm(cluster: Cluster) -> Organisation:
    """An invented member, so that nobody acts for a real one; made once."""
    found = Organisation.objects.filter(slug="musterfirma").first()
    if found:
        return found
    firm = Organisation(slug="musterfirma")
    text = {"de": "Erfunden, um Profile auszuprobieren.", "en": "Invented, to try out profiles."}
    membership = Row(Membership(), {"cluster": cluster, "kind": Membership.Kind.MEMBER})
    values = {"name": "Musterfirma", "town": "Leipzig", "postal_code": "04109", "description": text}
    change_organisation(organisation=firm, values=values, rows={"memberships": [membership]}, actor=None)
    take_over(organisation=firm, actor=None)
    return firm


def demo_board(cluster: Cluster, firm: Organisation) -> None:
    """A provisional board with the invented member in the chair, as the cluster began with; made once."""
    if Body.objects.filter(slug="musterrunde").exists():
        return
    name = {"de": "Vorläufiger Vorstand (Demo)", "en": "Provisional board (demo)"}
    text = {"de": "Erfunden, um Abstimmungen auszuprobieren.", "en": "Invented, to try out ballots."}
    seat = {"organisation": firm, "function": Mandate.Function.CHAIR, "is_provisional": True}
    values = {"name": name, "purpose": text, "cluster": cluster, "watchers": Body.Watchers.MEMBERS}
    board = Body(slug="musterrunde")
    change_body(body=board, values=values, rows={"mandates": [Row(Mandate(), seat)]}, actor=None)
    _demo_sitting(board)


def _demo_sitting(board: Body) -> None:
    """A sitting to come, with something to vote on."""
    day = timezone.localtime() + timedelta(days=14)
    begins = day.replace(hour=16, minute=0, second=0, microsecond=0)
    sitting = Sitting(body=board)
    sitting = plan_sitting(sitting=sitting, values={"starts_at": begins, "place": "Leipzig"}, actor=None)
    item = AgendaItem(sitting=sitting)
    title = Translated({"de": "Messestand 2027", "en": "Stand at the fair 2027"})
    write_item(item=item, values={"title": title, "length": 20}, actor=None)
    wording = {
        "de": "Das Cluster zeigt sich 2027 mit einem gemeinsamen Stand.",
        "en": "In 2027 the cluster presents itself with a joint stand.",
    }
    write_motion(motion=Motion(item=item), values={"title": title, "wording": Translated(wording)}, actor=None)
    invite(sitting=sitting, actor=None)


DEMO_CHARTER = (
    ("self", "Wir sind die IT-Firmen, Hochschulen und Institute, die in Mitteldeutschland zusammenarbeiten.",
     "We are the IT firms, universities and institutes that work together in Central Germany."),
    ("self", "Wir wollen der IT-Partner der anderen Cluster der Region sein.",
     "We want to be the IT partner of the region's other clusters."),
    ("work", "Projekte bringen die Unternehmen ein, und sie tragen sie auch.",
     "Projects are brought in by the companies, and carried by them."),
    ("work", "Kleine Gruppen arbeiten freiwillig und berichten zu einem festen Tag.",
     "Small groups volunteer and report back by a fixed day."),
    ("goals", "Jedes Jahr beginnen zehn Projekte mit Firmen anderer Cluster.",
     "Every year ten projects begin with firms of other clusters."),
)  # fmt: skip
"""Section, German, English. In our words, after what the founders of 2006 set out to do."""


def demo_charter(cluster: Cluster, firm: Organisation) -> None:
    """A draft that everybody may read, with a suggestion of the invented member; made once."""
    if charter_of(cluster) is not None:
        return
    task = {"de": "Wer wir sind, wie wir arbeiten und was wir erreichen wollen.",
            "en": "Who we are, how we work and what we want to achieve."}  # fmt: skip
    values = {"title": Translated({"de": "Leitbild (Demo)", "en": "Charter (demo)"}), "task": Translated(task),
              "cluster": cluster, "is_open": True}  # fmt: skip
    charter = change_charter(charter=Charter(), values=values, rows={}, actor=None)
    sections = {section.kind: section for section in charter.sections.all()}
    written = [
        add_paragraph(section=sections[kind], values={"text": Translated({"de": de, "en": en})}, actor=None)
        for kind, de, en in DEMO_CHARTER
    ]
    charter = open_phase(charter=charter, phase="draft", actor=None)
    publish_version(charter=charter, note={}, actor=None)
    charter = open_phase(charter=charter, phase="suggest", actor=None)
    person = Person.objects.filter(representations__organisation=firm).order_by("pk").first()
    if person is not None:
        text = "Kleine Gruppen arbeiten freiwillig und berichten nach der Sommerpause."
        values = {"kind": "replace", "language": "de", "text": text, "version": 1,
                  "reason": "Ein Tag, den alle kennen."}  # fmt: skip
        suggest(charter=charter, organisation=firm, person=person, anchor=written[3].public_id, values=values)


def demo_congress(cluster: Cluster, firm: Organisation) -> None:
    """One that is half a year ahead, with an open call, a jury and what was handed in; made once."""
    if Congress.objects.exists():
        return
    title = Translated({"de": "Kongress für alle Cluster (Demo)", "en": "Congress for all clusters (demo)"})
    starts_on = timezone.localdate() + timedelta(days=180)
    values = {"title": title, "starts_on": starts_on, "ends_on": starts_on + timedelta(days=1), "place": "Leipzig",
              "cluster": cluster, "is_public": True}  # fmt: skip
    congress = announce_congress(values=values, actor=None)
    call = {"de": "Zeigen Sie den Firmen anderer Cluster, was Sie für sie tun können.",
            "en": "Show the firms of other clusters what you can do for them."}  # fmt: skip
    Congress.objects.filter(pk=congress.pk).update(call=Translated(call), jury=_demo_jury(cluster, firm))
    set_up(congress=congress, actor=None)
    for position, (de, en) in enumerate(DEMO_TRACKS):
        Track.objects.create(congress=congress, name={"de": de, "en": en}, position=position)
    person = Person.objects.filter(representations__organisation=firm, user__isnull=False).order_by("pk").first()
    if person is not None and person.user is not None:
        _demo_contributions(congress, firm, demo_institute(cluster), person.user)


def _demo_jury(cluster: Cluster, firm: Organisation) -> Body:
    jury = Body(slug="musterjury")
    name = {"de": "Jury des Kongresses (Demo)", "en": "Jury of the congress (demo)"}
    text = {"de": "Erfunden, um Bewertungen auszuprobieren.", "en": "Invented, to try out reviews."}
    seat = Row(Mandate(), {"organisation": firm, "function": Mandate.Function.CHAIR})
    values = {"name": name, "purpose": text, "cluster": cluster, "kind": Body.Kind.JURY}
    change_body(body=jury, values=values, rows={"mandates": [seat]}, actor=None)
    return jury


def demo_institute(cluster: Cluster) -> Organisation:
    """A second invented member, whose contribution the first one may score; made once."""
    found = Organisation.objects.filter(slug="musterinstitut").first()
    if found:
        return found
    institute = Organisation(slug="musterinstitut")
    text = {"de": "Erfunden, um Beiträge zu bewerten.", "en": "Invented, to have contributions to score."}
    membership = Row(Membership(), {"cluster": cluster, "kind": Membership.Kind.MEMBER})
    values = {"name": "Musterinstitut", "town": "Jena", "postal_code": "07743", "description": text}
    change_organisation(organisation=institute, values=values, rows={"memberships": [membership]}, actor=None)
    return institute


def _demo_contributions(congress: Congress, firm: Organisation, institute: Organisation, actor: User) -> None:
    """The firm's first is a draft; the others are handed in."""
    for place, (kind, is_firms, title, abstract) in enumerate(DEMO_CONTRIBUTIONS):
        values = {"kind": kind, "title": Translated(title), "abstract": Translated(abstract), "language": "de"}
        written = write_contribution(
            congress=congress, organisation=firm if is_firms else institute, contribution=None, values=values,
            actor=actor,
        )  # fmt: skip
        if place:
            take_step(contribution=written, verb="submit", who=FIRM, actor=actor)


DEMO_CONTRIBUTIONS: tuple[tuple[str, bool, dict[str, str], dict[str, str]], ...] = (
    ("demonstration", True,
     {"de": "Anlagen per Telefon überwachen", "en": "Watching machines by phone"}, {}),
    ("talk", True,
     {"de": "Rezepturen und Chargen in einem System", "en": "Recipes and batches in one system"},
     {"de": "Eine Bäckerei weiß nach fünf Minuten, welche Lieferung betroffen ist.",
      "en": "A bakery knows within five minutes which delivery is concerned."}),
    ("workshop", False,
     {"de": "Messwerte, denen man glauben kann", "en": "Measurements one can believe"},
     {"de": "Wie aus Daten der Anlage Entscheidungen werden.", "en": "How data of a plant become decisions."}),
    ("talk", False,
     {"de": "Was ein Zulieferer über seine Teile wissen muss"}, {"de": "Ein Bericht aus drei Werken."}),
)  # fmt: skip
DEMO_TRACKS = (("Für Ernährung und Chemie", "For food and chemistry"), ("Für Fahrzeugbau", "For automotive"))
