"""A room of the demo, so that it can be tried: what heads of IT ask each other, one without a name, one with a poll."""

from datetime import timedelta

from django.utils import timezone

from mitwerk.networks.models import Network, NetworkPerson
from mitwerk.rooms.actions import answer, ask, mark_helped, open_poll, vote


def demo_topics(network: Network, keeper: NetworkPerson, machines: NetworkPerson, food: NetworkPerson) -> None:
    """Invented, and made once."""
    if network.topics.exists():
        return
    backups = ask(
        network=network, me=machines, title="Sicherungen außer Haus: Band oder zweites Rechenzentrum?",
        text="Unser Bandwechsler ist elf Jahre alt. Wer ist umgestiegen, und was hat die Rücksicherung gedauert?",
    )  # fmt: skip
    said = answer(
        topic=backups, me=food,
        text="Wir haben beides behalten: täglich ins zweite Haus, monatlich auf Band. Eine volle Rücksicherung dauert "
             "bei uns 14 Stunden, und wir üben sie zweimal im Jahr.",
    )  # fmt: skip
    mark_helped(topic=backups, answer=said, me=machines)
    unnamed = ask(
        network=network, me=food, is_unnamed=True, title="Erpressungssoftware: Wen habt ihr zuerst angerufen?",
        text="Bei uns ging es gut aus, aber die erste Stunde war verloren.\n\nWer steht bei euch auf dem Zettel?",
    )  # fmt: skip
    answer(
        topic=unnamed, me=keeper,
        text="Die Zentrale Ansprechstelle Cybercrime des Landes, dann die Versicherung. Der Zettel ist aus Papier.",
    )  # fmt: skip
    answer(topic=unnamed, me=food, text="Danke. Papier hatten wir nicht.")
    ask(
        network=network, me=keeper, is_chatham=True, title="Was kostet euch die neue ERP-Wartung?",
        text="Zahlen dürfen weitererzählt werden, von wem sie sind, nicht.",
    )  # fmt: skip
    _meeting(network, keeper, machines, food)


def _meeting(network: Network, keeper: NetworkPerson, *others: NetworkPerson) -> None:
    """When they can come together next, as a poll of dates."""
    topic = ask(
        network=network, me=keeper, title="Nächstes Treffen",
        text="Thema: Sicherungen. @IT head food production stellt die Halle.",
    )  # fmt: skip
    first = (timezone.localtime() + timedelta(days=21)).replace(hour=14, minute=0, second=0, microsecond=0)
    days = [first, first + timedelta(days=1), first + timedelta(days=7)]
    poll = open_poll(
        topic=topic, me=keeper, kind="dates", question="Wann passt es?", options=days, is_multiple=True, closes_at=None
    )
    options = list(poll.options.all())
    for me, chosen in zip((keeper, *others), (options, options[:2], options[1:]), strict=True):
        vote(poll=poll, me=me, options=chosen)
