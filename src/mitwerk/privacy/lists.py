"""What the lists of networks say of people; a part of `registry.MARKS`, which is long enough."""

from mitwerk.privacy.marks import Mark, Named, Personal, by_email

LISTS: dict[str, Mark] = {
    "networks.ListRow": (
        Personal(
            by_email(),
            own=("network", "name", "email", "firm", "position"),
            left_out=("public_id", "source", "number", "problem", "wave", "invitation"),
        ),
    ),
    "networks.PeopleList": Named(("by",), own=("network", "at", "kept_at")),
    "networks.Leaving": Named(("asked_by", "confirmed_by"), own=("network", "asked_at", "deleted_at")),
    "networks.Wave": Named(("by",), own=("network", "at", "ends_at")),
}
