"""Who may do what to which record in the office: said by a subject's rules and queries, asked by every view."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

May = Callable[[Any], bool]
Records = Callable[[Any], QuerySet[Any]]


class OfficePolicy(BasePermissionPolicy):  # type: ignore[misc]
    """Model permissions of Django play no part: `may` says who does an action at all, `records` to which records.

    An action that is not named is nobody's. `add` has no records.
    """

    def __init__(self, model: type[Model], *, may: Mapping[str, May], records: Mapping[str, Records]) -> None:
        super().__init__(model)
        self.may = may
        self.records = records

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.may and self.may[action](user)

    def _nothing(self) -> QuerySet[Any]:
        nothing: QuerySet[Any] = self.model._default_manager.none()
        return nothing

    def instances_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Any]:
        if action not in self.records or not self.user_has_permission(user, action):
            return self._nothing()
        return self.records[action](user)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        records = self._nothing()
        for action in actions:
            records = records | self.instances_user_has_permission_for(user, action)
        return records

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        if instance.pk is None:
            return self.user_has_permission(user, action)
        return self.instances_user_has_permission_for(user, action).filter(pk=instance.pk).exists()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        """Only asked for by lists of reviewers, which these records do not have."""
        return get_user_model()._default_manager.filter(is_superuser=True, is_active=True)
