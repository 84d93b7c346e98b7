"""Who may delete their account."""

from mitwerk.accounts.models import User


def is_last_administrator(user: User) -> bool:
    """Without another one nobody could let people in again."""
    if not user.is_superuser:
        return False
    return not User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk).exists()
