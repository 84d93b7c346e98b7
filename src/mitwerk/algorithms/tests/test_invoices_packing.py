"""What a database keeps of an invoice is the whole invoice."""

import json

import pytest
from hypothesis import given

from mitwerk.algorithms.invoices import Invoice, pack, unpack
from mitwerk.algorithms.tests.invoice_cases import CASES, invoices


@pytest.mark.parametrize("case", [name for name in CASES if name != "hostile"])
def test_one_of_each_kind_comes_back(case: str) -> None:
    assert unpack(json.loads(json.dumps(pack(CASES[case])))) == CASES[case]


@given(invoices())
def test_any_comes_back(invoice: Invoice) -> None:
    assert unpack(json.loads(json.dumps(pack(invoice)))) == invoice


def test_control_a_changed_cent_is_another_invoice() -> None:
    packed = pack(CASES["everyday"])
    packed["lines"][0]["price"] += 1
    assert unpack(packed) != CASES["everyday"]
