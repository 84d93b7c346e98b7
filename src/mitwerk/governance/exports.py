"""What others read of a ballot."""

import json

from mitwerk.governance.models import Ballot
from mitwerk.governance.queries import final_file


def ballot_json(ballot: Ballot) -> str:
    """The published file of a closed ballot, for `verify_ballot.py` and for people; the same bytes every time."""
    return json.dumps(final_file(ballot), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
