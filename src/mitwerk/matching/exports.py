"""What a need looks like to machines."""

from mitwerk.core.jsonld import Thing, absolute, thing
from mitwerk.matching.models import Need


def need_thing(need: Need) -> Thing:
    """Somebody looks for a service of these kinds. Who it is is not said."""
    address = absolute(need.get_absolute_url())
    return thing(
        "Demand",
        id=address,
        url=address,
        name=str(need.title),
        description=str(need.text),
        itemOffered=thing(
            "Service",
            serviceType=[str(concept) for concept in need.concepts.all()],
            category=str(need.sector) if need.sector else "",
        ),
    )
