"""Which goals of the charter a project serves: the choice in the idea's form and in the office."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from mitwerk.charter.models import Charter
from mitwerk.charter.queries.public import Goal


class GoalsField(forms.TypedMultipleChoiceField):
    """Goals in force, to tick; the keys of their paragraphs. `offer_goals` says which."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, required=False, **kwargs)


def offer_goals(form: forms.BaseForm, goals: Sequence[Goal]) -> None:
    """What the field `goals` of a form can be given, under the name of the charter where there are several; without
    any the field is not there."""
    field: Any = form.fields["goals"]
    if not goals:
        del form.fields["goals"]
        return
    homes = list(dict.fromkeys(goal.charter for goal in goals))
    groups = [(_home_of(home), [(one.key, str(one.text)) for one in goals if one.charter == home]) for home in homes]
    field.choices = groups if len(groups) > 1 else groups[0][1]


def _home_of(charter: Charter) -> str:
    return str(charter.cluster.menu_name if charter.cluster else _("Region"))
