"""A small region to search in: two clusters, three organisations, a project each."""

from mitwerk.actors.models import Membership, Organisation
from mitwerk.clusters.models import Cluster
from mitwerk.competences.models import Competence
from mitwerk.core.ids import public_id_from
from mitwerk.projects.models import Project
from mitwerk.vocabularies.models import COMPETENCES, Concept, Label, Vocabulary


def cluster(slug: str) -> Cluster:
    return Cluster.objects.create(slug=slug, public_id=public_id_from(slug), name={"de": slug.title()})


def organisation(slug: str, name: str, text: str = "", *, member_of: Cluster | None = None) -> Organisation:
    made = Organisation.objects.create(
        slug=slug, name=name, description={"de": text}, sort_name=name.lower(), normalised_name=name.lower()
    )
    if member_of:
        Membership.objects.create(organisation=made, cluster=member_of)
    return made


def concept(slug: str, **labels: str) -> Concept:
    vocabulary, _new = Vocabulary.objects.get_or_create(slug=COMPETENCES, defaults={"name": {"de": "Kompetenzen"}})
    made = Concept.objects.create(vocabulary=vocabulary, slug=slug, notation=slug)
    for language, text in labels.items():
        Label.objects.create(concept=made, language=language, text=text)
    return made


def claim(who: Organisation, what: Concept, wording: str = "") -> Competence:
    return Competence.objects.create(organisation=who, concept=what, wording={"de": wording} if wording else {})


def project(slug: str, title: str, *, of: Cluster) -> Project:
    made = Project.objects.create(slug=slug, title={"de": title}, summary={"de": title})
    made.clusters.add(of)
    return made
