"""The choices of a merge as a form, and what would move."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_scopes import scope
from wagtail.models import ReferenceIndex

from mitwerk.actors.actions.relations import relations
from mitwerk.actors.models import Organisation
from mitwerk.actors.queries import BOTH, LOSER, WINNER, FactLine, fact_lines

ANSWERS = {
    WINNER: gettext_lazy("this one"),
    LOSER: gettext_lazy("that one"),
    BOTH: pgettext_lazy("lists of a merge", "both"),
}


class MergeForm(forms.Form):
    """One choice per fact in which two organisations differ; proposed is what loses nothing."""

    def __init__(self, *args: Any, winner: Organisation, loser: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(fact_lines(winner, loser))
        for line in self.open_lines:
            choices = [(whose, ANSWERS[whose]) for whose in line.fact.answers]
            self.fields[line.fact.name] = forms.ChoiceField(
                label=capfirst(str(line.fact.label)), choices=choices, initial=line.proposal
            )

    @property
    def open_lines(self) -> list[FactLine]:
        return [line for line in self.lines if line.is_open]

    def rows(self) -> list[dict[str, Any]]:
        """The table: each fact with both sides, and for each side its button where there is a choice."""
        return [self._row(line) for line in self.lines]

    def _row(self, line: FactLine) -> dict[str, Any]:
        name = line.fact.name
        chosen = self[name].value() if line.is_open else ""
        sides = [
            {"texts": texts, "value": whose, "is_chosen": chosen == whose, "id": f"id_{name}_{whose}"}
            for whose, texts in ((WINNER, line.winner), (LOSER, line.loser))
        ]
        both = {"is_offered": line.is_open and line.fact.is_list, "is_chosen": chosen == BOTH, "value": BOTH}
        errors = self[name].errors if line.is_open else []
        label = capfirst(str(line.fact.label))
        return {"name": name, "label": label, "sides": sides, "both": both, "is_open": line.is_open, "errors": errors}

    def choices(self) -> dict[str, str]:
        return dict(self.cleaned_data)


def moving(loser: Organisation) -> list[tuple[str, int]]:
    """(kind, how many) of everything that points at the loser and would point at the winner."""
    with scope(cluster=None):
        rows = [(relation.model._meta.verbose_name_plural, relation.rows(loser).count()) for relation in relations()]
    inside = ReferenceIndex.get_references_to(loser).filter(model_path__startswith="body.").count()
    found = [*rows, (_("places on pages"), inside)]
    return [(str(capfirst(str(label))), count) for label, count in found if count]
