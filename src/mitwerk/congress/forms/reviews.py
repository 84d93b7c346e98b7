"""What a juror says of a contribution."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitwerk.congress.models import Congress, Criterion, Review, Score

SCALE = [
    ("1", gettext_lazy("1, not at all")), ("2", "2"), ("3", gettext_lazy("3, partly")), ("4", "4"),
    ("5", gettext_lazy("5, very much")),
]  # fmt: skip


class ReviewForm(forms.Form):
    """Points for every question, or keeping out of it; and words for the office."""

    is_biased = forms.BooleanField(
        label=gettext_lazy("I keep out of it"), required=False,
        help_text=gettext_lazy("For instance because you know them too well. Then no points are needed."),
    )  # fmt: skip
    comment = forms.CharField(
        label=gettext_lazy("Words for the office"), required=False, max_length=3000,
        widget=forms.Textarea({"rows": 4}), help_text=gettext_lazy("Neither the firm nor other jurors read them."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, congress: Congress, review: Review | None, scores: Iterable[Score], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(congress.criteria.all())
        given = {one.criterion_id: one.points for one in scores}
        for one in self.criteria:
            field: Any = forms.ChoiceField(
                label=str(one.name), choices=SCALE, required=False, initial=given.get(one.pk), widget=forms.RadioSelect
            )
            field.one_required = True
            self.fields[_name(one)] = field
        if review:
            self.initial = {"is_biased": review.is_biased, "comment": review.comment, **self.initial}
        self.order_fields([*map(_name, self.criteria), "is_biased", "comment"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("is_biased"):
            for one in self.criteria:
                if _name(one) not in self.errors and not data.get(_name(one)):
                    self.add_error(_name(one), _("Choose a number, or keep out of it below."))
        return data

    def values(self) -> dict[str, Any]:
        """As `review_contribution` takes them."""
        data = self.cleaned_data
        points = {} if data["is_biased"] else {one.pk: int(data[_name(one)]) for one in self.criteria}
        return {"points": points, "comment": data["comment"], "is_biased": data["is_biased"]}


def _name(criterion: Criterion) -> str:
    return f"points_{criterion.pk}"
