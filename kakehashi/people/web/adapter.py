"""How signing in behaves here: nobody signs up by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter

if TYPE_CHECKING:
    from django.http import HttpRequest


class StaffAdapter(DefaultAccountAdapter):
    """An administrator invites people; the sign-up page is closed."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False
