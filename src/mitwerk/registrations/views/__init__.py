"""Registering on the congress's page, what the link in the mail opens, the office's pages, and what comes after."""

from mitwerk.registrations.views.after import feedback_give, figures_file, results_office, results_public
from mitwerk.registrations.views.guests import (
    admission_add,
    group_cancel,
    invoice_file,
    invoice_office,
    registration_add,
    registration_cancel,
    registration_change,
    registration_code,
    registration_detail,
    registration_queue,
    registration_sent,
    registration_take,
)

__all__ = [
    "admission_add",
    "feedback_give",
    "figures_file",
    "group_cancel",
    "invoice_file",
    "invoice_office",
    "registration_add",
    "registration_cancel",
    "registration_change",
    "registration_code",
    "registration_detail",
    "registration_queue",
    "registration_sent",
    "registration_take",
    "results_office",
    "results_public",
]
