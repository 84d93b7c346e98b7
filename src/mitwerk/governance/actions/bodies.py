"""What the office enters of bodies and mandates."""

from django.db import transaction

from mitwerk.accounts.actions import remove_record, write_record
from mitwerk.accounts.models import User
from mitwerk.core.changes import Rows, Values
from mitwerk.core.ids import free_slug_for
from mitwerk.governance.models import Body


@transaction.atomic
def change_body(*, body: Body, values: Values, rows: Rows, actor: User | None) -> Body:
    """A new body or changes of one, with its mandates. Ballots that have begun keep the rules they began with."""
    if not body.slug:
        body.slug = free_slug_for(body, values["name"].best("de").text)
    write_record(record=body, values=values, rows=rows, actor=actor)
    return body


def remove_body(*, body: Body, actor: User) -> None:
    """Delete a body with its mandates. Raises `ProtectedError` where it has ballots: what was decided stays."""
    remove_record(record=body, actor=actor)
