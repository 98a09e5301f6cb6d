"""The agency that is generated to measure with: what is open in it has a court, as in any other."""

from __future__ import annotations

from collections import defaultdict

import pytest
from django.db import transaction
from django.utils.timezone import localdate

from kakehashi.approvals.models import Step
from kakehashi.briefs import rendering
from kakehashi.briefs.models import Brief, BriefVersion
from kakehashi.clients.models import Seat
from kakehashi.demo.scale import build_scaled
from kakehashi.handoffs.models import Handoff
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as
from kakehashi.requests.models import ClientRequest
from kakehashi.traffic import states, wording
from kakehashi.traffic.models import Job
from kakehashi.traffic.queries import jobs


@pytest.fixture(scope="module")
def scaled(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        build_scaled(40, localdate(), 1, lambda _stage: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def courts(scaled):
    """The kinds of open balls of each thing."""
    found = defaultdict(list)
    for kind, subject in Handoff.objects.filter(answered_at=None).values_list("kind", "subject_id"):
        found[subject].append(kind)
    return found


def test_an_open_job_waits_for_whom_its_states_name(courts):
    for job in Job.objects.all():
        wanted = [wording.kind(one.state) for one in states.courts(job.production, job.billing)]
        assert sorted(courts[job.pk]) == sorted(wanted), job


def test_what_leads_to_jobs_has_a_court_too(courts):
    opened = ClientRequest.objects.filter(settled_at=None)
    assert {tuple(courts[one.pk]) for one in opened} == {("requests.take_up",)}
    drafts = Brief.objects.filter(state="draft")
    assert {tuple(courts[one.pk]) for one in drafts} == {("brief",)}
    assert {tuple(courts[one.pk]) for one in Step.objects.filter(position=1)} == {("approval",)}


def test_what_was_approved_is_what_its_digest_says(scaled):
    versions = BriefVersion.objects.all()

    assert len(versions) > 40
    assert all(map(rendering.is_intact, versions))


def test_who_signs_in_sees_all_ten_jobs_of_their_accounts_open(scaled):
    reader = Person.objects.get(handle="bench.ae")
    own = Seat.objects.filter(person=reader).count()
    with acting_as(reader):
        seen = jobs.seen().filter(closed_at=None).count()

    assert seen == 10 * own > 0
