"""What a poll shows. Of an opinion nobody is to be known by their vote; of dates everybody must see who can when."""

from dataclasses import dataclass, field

from mitwerk.algorithms.small_groups import FEW
from mitwerk.networks.models import NetworkPerson
from mitwerk.rooms.models import Poll, PollOption, PollVote


@dataclass(frozen=True)
class OptionShown:
    """An option, whether I chose it, and what is told of the others: a count, names, or neither."""

    option: PollOption
    is_mine: bool
    count: int | None = None
    names: list[str] = field(default_factory=list)


def voted(poll: Poll) -> int:
    """How many people have voted."""
    return PollVote.objects.filter(option__poll=poll).values("person").distinct().count()


def counts_are_shown(poll: Poll, people: int) -> bool:
    """Not while it is open: who looks before and after somebody's vote would know it. Nor where few have voted."""
    return poll.kind == Poll.Kind.DATES or (not poll.is_open and people >= FEW)


def options_shown(poll: Poll, me: NetworkPerson | None, people: int) -> list[OptionShown]:
    votes = PollVote.objects.filter(option__poll=poll).select_related("person__person").order_by("person__person__name")
    by_option: dict[int, list[NetworkPerson]] = {}
    for vote in votes:
        by_option.setdefault(vote.option_id, []).append(vote.person)
    tells = counts_are_shown(poll, people)
    shown = []
    for option in poll.options.all():
        chose = by_option.get(option.pk, [])
        names = [one.person.name for one in chose] if poll.kind == Poll.Kind.DATES else []
        shown.append(OptionShown(option, me in chose, len(chose) if tells else None, names))
    return shown
