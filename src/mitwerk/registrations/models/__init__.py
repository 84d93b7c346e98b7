"""Who comes to a congress: what is offered, who has registered, and the invoices."""

from mitwerk.registrations.models.admissions import AccessCode, Admission, Question, TicketKind
from mitwerk.registrations.models.feedback import FeedbackBox, FeedbackRoll
from mitwerk.registrations.models.guests import COUNTRIES, Booking, Registration
from mitwerk.registrations.models.invoices import Counter, Document, Invoice, Seller

__all__ = [
    "COUNTRIES",
    "AccessCode",
    "Admission",
    "Booking",
    "Counter",
    "Document",
    "FeedbackBox",
    "FeedbackRoll",
    "Invoice",
    "Question",
    "Registration",
    "Seller",
    "TicketKind",
]
