"""Who runs this installation."""

from django.db import transaction

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.pages.models import Operator


@transaction.atomic
def change_operator(*, actor: User | None = None, **fields: str) -> Operator:
    """Write the fields of the imprint (names as in `Operator`); others stay. Raises `ValidationError`."""
    operator = Operator.objects.first() or Operator()
    for name, value in fields.items():
        Operator._meta.get_field(name)
        setattr(operator, name, value)
    operator.full_clean()
    operator.save()
    record_audit(verb="operator.change", target=operator, actor=actor, details={"fields": sorted(fields)})
    return operator
