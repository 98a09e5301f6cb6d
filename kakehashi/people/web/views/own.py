"""One's own page: language, address, absences, and how one signs in. Contacts have it as well."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import get_authentication_records
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from kakehashi.people import actions, panels
from kakehashi.people.models import Person
from kakehashi.people.queries.profile import profile
from kakehashi.people.web.answers import Page, answer
from kakehashi.people.web.forms.own import OwnAddressForm, OwnForm
from kakehashi.people.web.hours import hours_today
from kakehashi.people.web.views.person import as_file, form_page
from kakehashi.policy.engine import require
from kakehashi.policy.middleware import for_contacts

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@for_contacts
@form_page
def me(request: HttpRequest) -> HttpResponse:
    own = request.person
    form = OwnForm(request.POST or None, row=own)
    page = _page(_("My settings"), "people/me.html")
    page.context["known"] = profile(own, localdate()) if own.is_ours else None
    page.context["hours"] = hours_today(own, localdate()) if own.is_ours else None
    page.context["panels"] = panels.panels("own", request, own)
    return answer(request, page, form, lambda told: actions.change_own(**told, by=request.person))


@for_contacts
@form_page
def my_address(request: HttpRequest) -> HttpResponse:
    """Where a link for a new password goes: whoever changes it shows that it is them."""
    if not _has_just_shown(request):
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")
    form = OwnAddressForm(request.POST or None, row=request.person)
    page = _page(_("Change my e-mail address"), "people/my_address.html")
    return answer(
        request, page, form, lambda told: actions.change_own_address(**told, by=request.person)
    )


@for_contacts
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The switch on every page: remembered for the person, and for this browser's sign-in."""
    chosen = request.POST.get("language", "")
    if chosen in Person.Language.values:
        actions.choose_language(language=chosen, by=request.person)
    return set_language(request)  # the cookie, for the sign-in pages; and the way back


@for_contacts
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    require(request.person, "people.export", request.person)
    return as_file(request.person)


def _has_just_shown(request: HttpRequest) -> bool:
    """Whether this session gave its password again a moment ago.

    The library's own decorator also asks which second factors there are: the gate's matter.
    """
    shown = get_authentication_records(request, request.user)
    moments = [record["at"] for record in shown if record.get("reauthenticated")]
    return bool(moments) and time.time() - moments[-1] < REAUTHENTICATION_TIMEOUT


def _page(title: str, template: str) -> Page:
    return Page(
        title=title,
        submit=_("Save"),
        back=reverse("people:me"),
        said=_("Saved."),
        template=template,
    )
