"""Input of the page editor."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm


class NewsForm(WagtailAdminPageForm):  # type: ignore[misc]
    """An editor may put news into the lists of their own clusters; other clusters stay as they were."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "clusters" in self.fields:
            self.fields["clusters"].queryset = self.instance.open_clusters(self.for_user)
        if "topics" in self.fields:
            self.fields["topics"].queryset = self.fields["topics"].queryset.prefetch_related("labels")
        for name in {"clusters", "topics"} & set(self.fields):
            self.fields[name].widget = forms.CheckboxSelectMultiple(choices=self.fields[name].choices)
