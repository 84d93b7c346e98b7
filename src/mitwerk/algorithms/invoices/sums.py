"""Net, tax and gross of an invoice, in whole cents."""

from dataclasses import dataclass

from mitwerk.algorithms.invoices.model import Category, Invoice, Vat


@dataclass(frozen=True)
class Tax:
    """What all lines taxed the same way come to: `net`, and the `tax` on it."""

    vat: Vat
    net: int
    tax: int


@dataclass(frozen=True)
class Sums:
    """`taxes`: what is taxed first, the highest rate before the others. Negative amounts are a cancellation's."""

    taxes: tuple[Tax, ...]
    net: int
    tax: int
    gross: int


def sums(invoice: Invoice) -> Sums:
    """Tax is taken from the net sum of each rate and rounded there, once, not line by line (EN 16931, BR-CO-17)."""
    nets: dict[Vat, int] = {}
    for line in invoice.lines:
        nets[line.vat] = nets.get(line.vat, 0) + line.net
    order = list(Category)
    kinds = sorted(nets.items(), key=lambda one: (order.index(one[0].category), -one[0].rate))
    taxes = tuple(Tax(vat, net, percent_of(net, vat.rate)) for vat, net in kinds)
    net, tax = sum(one.net for one in taxes), sum(one.tax for one in taxes)
    return Sums(taxes, net, tax, net + tax)


def percent_of(cents: int, rate: int) -> int:
    """Rounded to whole cents, half a cent away from zero, so that an amount and its negative give the same."""
    rounded = (abs(cents) * rate + 50) // 100
    return rounded if cents >= 0 else -rounded
