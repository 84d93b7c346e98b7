"""Who comes to a congress: what is offered, who has registered, the invoices, and the day itself."""

from mitwerk.registrations.models.admissions import AccessCode, Admission, Question, TicketKind
from mitwerk.registrations.models.day import Arrival, CheckInPass, Lead, RoomCount
from mitwerk.registrations.models.feedback import FeedbackBox, FeedbackRoll
from mitwerk.registrations.models.guests import COUNTRIES, Booking, Registration
from mitwerk.registrations.models.invoices import Counter, Document, Invoice, Seller

__all__ = [
    "COUNTRIES",
    "AccessCode",
    "Admission",
    "Arrival",
    "Booking",
    "CheckInPass",
    "Counter",
    "Document",
    "FeedbackBox",
    "FeedbackRoll",
    "Invoice",
    "Lead",
    "Question",
    "Registration",
    "RoomCount",
    "Seller",
    "TicketKind",
]
