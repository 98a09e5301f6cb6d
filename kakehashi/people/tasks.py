"""What happens to people in the background: invitations, and what follows a departure."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate, now
from procrastinate.contrib.django import app

from kakehashi.people import holdings
from kakehashi.people.actions.leaving import forget_rows
from kakehashi.people.models import Departure, Person
from kakehashi.people.queries import doors
from kakehashi.policy.acting import acting_as_system
from kakehashi.policy.rows import during


@app.task(name="people.send_invitation")
def send_invitation(person_id: str) -> None:
    """Tell somebody how to sign in, in their language, where they can read mail."""
    with acting_as_system("send_invitation"):
        person = Person.objects.get(pk=person_id)
        login = doors.sign_in_data(person)["login"]
        if login is None or not login["is_active"] or not login["email"]:
            return
        context = {
            "person": person,
            "login": login["username"],
            "address": settings.SITE_URL + reverse("account_reset_password"),
            "site": settings.SITE_URL,
        }
        with translation.override(person.language):
            subject = render_to_string("people/mail/invitation_subject.txt", context)
            text = render_to_string("people/mail/invitation.txt", context)
        send_mail(subject.strip(), text, None, [login["email"]])


@app.task(name="people.close_sign_in")
def close_sign_in(departure_id: str) -> None:
    """The last day is over: no more sign-in, unless they were employed again meanwhile."""
    with acting_as_system("close_sign_in"):
        person = Departure.objects.select_related("person").get(pk=departure_id).person
        if not person.employments.filter(during(localdate(now()))).exists():
            doors.close_sign_in(person)


@app.task(name="people.settle_departure")
def settle_departure(departure_id: str) -> None:
    """End what an administrator, not seeing it, could not ask to be handed over."""
    with acting_as_system("settle_departure"):
        departure = Departure.objects.select_related("person").get(pk=departure_id)
        holdings.settle(departure.person, departure.on)


@app.task(name="people.forget_everywhere")
def forget_everywhere(person_id: str) -> None:
    """Empty also what an administrator did not see of a person who is to be forgotten."""
    with acting_as_system("forget_everywhere"):
        person = Person.objects.get(pk=person_id)
        if person.anonymised_at is not None:
            forget_rows(person, by=None, at=person.anonymised_at)
