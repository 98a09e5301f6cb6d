"""Where everything is. Signing in lives under /auth/, as the gate; the rest as the person."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("auth/", include("allauth.urls")),
    path("auth/language/", login_not_required(set_language), name="set_language"),
    path("", include("kakehashi.notify.web.urls")),
    path("", include("kakehashi.home.web.urls")),
    path("", include("kakehashi.money.web.urls")),
    path("", include("kakehashi.clients.web.urls")),
    path("", include("kakehashi.conflicts.web.urls")),
    path("", include("kakehashi.people.web.urls")),
    path("", include("kakehashi.traffic.web.urls")),
    path("", include("kakehashi.api.web.urls")),
    path("approvals/", include("kakehashi.approvals.web.urls")),
    path("", include("kakehashi.briefs.web.urls")),
    path("balls/", include("kakehashi.handoffs.web.urls")),
    path("", include("kakehashi.requests.web.urls")),
    path("history/", include("kakehashi.history.web.urls")),
    path("imports/", include("kakehashi.imports.web.urls")),
    path("search/", include("kakehashi.search.web.urls")),
    path("ui/", include("kakehashi.ui.web.urls")),
]
handler400 = "kakehashi.ui.web.views.bad_request"
handler403 = "kakehashi.ui.web.views.forbidden"
handler404 = "kakehashi.ui.web.views.not_found"
handler500 = "kakehashi.ui.web.views.server_error"
