"""What the tables of registrations say of people; a part of `registry.MARKS`, which is long enough."""

from mitwerk.privacy.marks import Mark, Named, Nobody, Personal, by_email

IS_OFFERED = Nobody("What a congress offers, written by its office.")
LEAD = ("asked_at", "agreed_at", "ended_at")
REGISTRATIONS: dict[str, Mark] = {
    "registrations.Registration": (
        Personal(
            by_email(),
            own=(
                "admission", "kind", "name", "email", "language", "state", "held_until", "diet", "access_needs",
                "created_at", "updated_at",
            ),
            left_out=(
                "public_id", "booking", "leads", "seat", "queued_at", "answers", "invoice", "credit",
                "is_free_of_charge",
            ),
            more=lambda row: {"answers": row.answers_in_words},
        ),
    ),
    "registrations.Arrival": (
        Personal(
            by_email("registration__email"), own=("registration", "day", "at"), left_out=("device", "by", "client_id")
        ),
    ),
    "registrations.Lead": (
        Personal(by_email("asker__email"), own=LEAD, left_out=("public_id", "asker", "asked")),
        Personal(by_email("asked__email"), own=LEAD, left_out=("public_id", "asker", "asked")),
    ),
    "registrations.CheckInPass": Named(("by",), own=("admission", "device", "created_at")),
    "registrations.RoomCount": Nobody("How many were in a room, not who."),
    "registrations.Admission": IS_OFFERED,
    "registrations.TicketKind": IS_OFFERED,
    "registrations.Question": IS_OFFERED,
    "registrations.AccessCode": IS_OFFERED,
    "registrations.Booking": Nobody("Which firm ordered, and where its invoice goes; people are `Registration`s."),
    "registrations.FeedbackRoll": Nobody("Who has answered, as marks that lead to nobody without the key."),
    "registrations.FeedbackBox": Nobody("What was said of a congress, without whom, when or in which order."),
    "registrations.Seller": Nobody("Who writes invoices: an association, with the address of its accounting."),
    "registrations.Counter": Nobody("Which numbers of invoices are used."),
    "registrations.Invoice": Nobody("Tax law wants it unchanged for eight years, with whoever stands on it."),
    "registrations.Document": Nobody("The file of an invoice; likewise."),
}  # fmt: skip
