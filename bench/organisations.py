"""Adds made-up organisations to a loaded region: `python bench/organisations.py 10000`. Always the same ones.

Each has the town, sectors, memberships and some competences of a real one. Written in bulk, then indexed once: saving
ten thousand one by one takes minutes and is not what is measured.
"""

import os
import random
import sys
from typing import Any

FIRST = "Nord Süd Ost West Elbe Saale Mulde Harz Börde Heide Vogtland Lausitz Erzgebirge Elster Unstrut Werra".split()
SECOND = "Metall Daten Optik Chemie Logistik Holz Glas Papier Energie Sensor Druck Textil Lack Pumpen Formen".split()
FORMS = ["GmbH", "AG", "GmbH & Co. KG", "e. K.", "UG (haftungsbeschränkt)"]


def made_up(model: Any, number: int, luck: random.Random) -> Any:
    """A copy of `model` that is not saved yet, under a name that nobody has."""
    from mitwerk.actors.models import Organisation
    from mitwerk.algorithms.collation import sort_key
    from mitwerk.algorithms.text import normalise_name
    from mitwerk.core.ids import public_id_from

    kept = "legal_form kind description town postal_code state_id district_id latitude longitude size visibility as_of"
    form = luck.choice(FORMS)
    name = f"{luck.choice(FIRST)}-{luck.choice(SECOND)} {number:05d} {form}"
    return Organisation(
        **{field: getattr(model, field) for field in kept.split()},
        name=name,
        slug=f"bench-{number:05d}",
        source_id=f"bench-{number:05d}",
        public_id=public_id_from(f"bench-{number:05d}"),
        sort_name=sort_key(name),
        normalised_name=normalise_name(name),
        founded=luck.randint(1890, 2020),
        sources=model.sources,
    )


def add(count: int) -> None:
    from django.db import transaction

    from mitwerk.actors.models import Membership, Organisation
    from mitwerk.competences.models import Competence

    luck = random.Random(20060714)  # noqa: S311 - a fixed sequence is what is wanted
    related = ("sectors", "memberships", "competences")
    models = list(Organisation.objects.exclude(competences=None).order_by("pk").prefetch_related(*related))
    chosen = [luck.choice(models) for _ in range(count)]
    with transaction.atomic():
        rows = Organisation.objects.bulk_create(
            [made_up(model, number, luck) for number, model in enumerate(chosen)], batch_size=500
        )
        pairs = list(zip(rows, chosen, strict=True))
        through = Organisation.sectors.through
        through.objects.bulk_create(
            [through(organisation=row, concept=one) for row, model in pairs for one in model.sectors.all()],
            batch_size=500,
        )
        Membership.objects.bulk_create(
            [
                Membership(organisation=row, cluster_id=one.cluster_id, kind=one.kind)
                for row, model in pairs
                for one in model.memberships.all()
            ],
            batch_size=500,
        )
        Competence.objects.bulk_create(
            [
                Competence(organisation=row, concept_id=one.concept_id, wording=one.wording, position=one.position)
                for row, model in pairs
                for one in list(model.competences.all())[:3]
            ],
            batch_size=500,
        )


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitwerk.config.settings.production")
    import django

    django.setup()
    from django_scopes import scope

    from mitwerk.search.actions import rebuild_index

    with scope(cluster=None):
        add(int(sys.argv[1]))
    print(f"{sys.argv[1]} organisations, {rebuild_index()} documents in the index")


if __name__ == "__main__":
    main()
