"""What a browser would send."""

from collections.abc import Iterator
from typing import Any


def form_data(form: Any) -> dict[str, Any]:
    """What a browser would send if somebody pressed Save without touching anything."""
    data: dict[str, Any] = {}
    for one in _forms(form):
        for bound in one:
            widget, value = bound.field.widget, bound.value()
            _fill(data, bound, widget, value)
    return data


def _forms(form: Any) -> Iterator[Any]:
    yield form
    for formset in form.formsets.values():
        yield formset.management_form
        yield from formset.forms


def _fill(data: dict[str, Any], bound: Any, widget: Any, value: Any) -> None:
    if hasattr(widget, "decompress"):
        for suffix, part in zip(widget.widgets_names, widget.decompress(value), strict=True):
            data[f"{bound.html_name}{suffix}"] = part
    elif value is True:
        data[bound.html_name] = "on"
    elif isinstance(value, list | set | tuple):
        data[bound.html_name] = [str(getattr(one, "pk", one)) for one in value]
    elif value is not None and value is not False:
        data[bound.html_name] = str(getattr(value, "pk", value))
