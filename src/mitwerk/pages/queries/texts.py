"""Reads of the pages of text."""

from mitwerk.pages.models import Operator


def operator() -> Operator:
    """Who runs this installation; an empty one where nobody has filled it in."""
    return Operator.objects.first() or Operator()
