"""The office's side: what is offered, who comes, who writes invoices, and the invoices."""

from mitwerk.registrations.office.admissions import AdmissionOffice
from mitwerk.registrations.office.guests import RegistrationOffice
from mitwerk.registrations.office.invoices import InvoiceOffice, SellerOffice

__all__ = ["AdmissionOffice", "InvoiceOffice", "RegistrationOffice", "SellerOffice"]
