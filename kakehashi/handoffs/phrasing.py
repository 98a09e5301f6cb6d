"""How long, until when, how late: in the reader's words."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_skeleton, format_time
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kakehashi.ui.formats import date_text, locale

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
SOON = 6  # days within which a weekday says which day is meant


def until(due: dt.datetime, at: dt.datetime) -> str:
    """When something is due: the time today, the weekday this week, else the day."""
    due, at = localtime(due), localtime(at)
    clock = format_time(due, "HH:mm", locale=locale())
    apart = (due.date() - at.date()).days
    if apart == 0:
        return _("today %(time)s") % {"time": clock}
    if 0 < apart <= SOON:
        weekday = format_skeleton("E", due, locale=locale())
        return _("%(day)s %(time)s") % {"day": weekday, "time": clock}
    return _("%(day)s %(time)s") % {"day": date_text(due.date(), "short"), "time": clock}


def late_by(due: dt.datetime, at: dt.datetime) -> str:
    """How long something is late."""
    return _("%(time)s late") % {"time": _span(at - due)}


def since(asked: dt.datetime, at: dt.datetime) -> str:
    """How long something waits."""
    if at - asked < HOUR:
        return _("just now")
    return _("for %(time)s") % {"time": _span(at - asked)}


def _span(time: dt.timedelta) -> str:
    if time < HOUR:
        return _("under an hour")
    if time < DAY:
        hours = time // HOUR
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = time // DAY
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
