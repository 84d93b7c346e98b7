"""What the register of resolutions is asked for."""

from django.http import QueryDict
from django.utils.translation import gettext

from mitwerk.core.listing import Choice as Asked
from mitwerk.core.listing import Filter, options, read_choice
from mitwerk.core.records import plain_slugs
from mitwerk.governance.queries import body_names, count_bodies, count_in_force
from mitwerk.governance.queries.resolutions import IN_FORCE


def read_register_choice(parameters: QueryDict) -> Asked:
    """What the address asks of the register; unknown values are dropped and told."""
    names = body_names(plain_slugs(parameters.getlist("body")))
    return read_choice(parameters, {"body": names, "state": [IN_FORCE]})


def register_filters(choice: Asked) -> list[Filter]:
    """The filters beside the register, each with what it would leave."""
    counts, in_force = count_bodies(choice), count_in_force(choice)
    names = body_names([*counts, *(slug for slug in choice.values.get("body", []) if slug not in counts)])
    found = [
        Filter("body", gettext("Body"), options(names, choice.values.get("body", []), counts)),
        Filter(
            "state", gettext("In force"),
            options({IN_FORCE: gettext("only what is in force")}, choice.values.get("state", []), in_force),
        ),
    ]  # fmt: skip
    return [each for each in found if each.options]
