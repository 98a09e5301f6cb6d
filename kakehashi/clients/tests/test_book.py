"""The account book: each entry with source and day, updated by several, retired by one."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate, now

from kakehashi.clients import actions
from kakehashi.clients.models import Fact
from kakehashi.history import queries as history
from kakehashi.policy.acting import acting_as
from kakehashi.policy.edits import Stale
from kakehashi.policy.engine import Refused
from tests import factories as make

TODAY = localdate()
DAY = dt.timedelta(days=1)
SAID = {"topic": "calendar", "text": "予算は１月", "source": "清水様", "as_of": TODAY}


def write(cast, by, **said):
    with acting_as(by):
        return actions.write_fact(account=cast.sora, by=by, at=now(), **{**SAID, **said})


def edit(fact, by, version=1, **said):
    with acting_as(by):
        return actions.edit_fact(fact=fact, version=version, by=by, at=now(), **{**SAID, **said})


def test_whoever_is_seated_writes_and_every_team_reads(cast):
    make.seat(cast.lena, cast.sora, "creative")
    fact = write(cast, cast.lena)

    with acting_as(cast.aki):
        found = Fact.objects.get(pk=fact.pk)
    assert (found.text, found.written_by) == ("予算は1月", cast.lena)


def test_finance_reads_and_writes_nothing(cast):
    with pytest.raises(Refused):
        write(cast, cast.fumi)


@pytest.mark.parametrize("field", ["text", "source"])
def test_no_entry_without_words_or_source(cast, field):
    with pytest.raises(ValidationError) as error:
        write(cast, cast.aki, **{field: "  "})

    assert field in error.value.message_dict


def test_nothing_is_known_as_of_a_day_that_has_not_come(cast):
    with pytest.raises(ValidationError) as error:
        write(cast, cast.aki, as_of=TODAY + dt.timedelta(days=2))

    assert error.value.message_dict == {"as_of": ["This day has not come yet."]}


def test_several_bring_an_entry_up_to_date_and_its_versions_stay(cast):
    fact = write(cast, cast.aki)
    edit(fact, cast.ben, text="予算は2月")
    edit(Fact.objects.get(pk=fact.pk), cast.aki, version=2, text="予算は3月")

    with acting_as(cast.aki):
        entries = history.of_rows([fact], "U")[fact.pk]
    assert [(e.by.name, e.values[0].before, e.values[0].after) for e in entries] == [
        ("Aki", "予算は2月", "予算は3月"),
        ("Ben", "予算は1月", "予算は2月"),
    ]


def test_of_two_at_once_the_second_is_told(cast):
    fact = write(cast, cast.aki)
    edit(Fact.objects.get(pk=fact.pk), cast.ben, text="B")

    with pytest.raises(Stale, match="Ben changed this"):
        edit(fact, cast.aki, text="C")


def test_a_retired_entry_stays_as_it_was(cast):
    fact = write(cast, cast.aki)
    with acting_as(cast.ben):
        actions.retire_fact(fact=fact, by=cast.ben, at=now())

    found = Fact.objects.get(pk=fact.pk)
    assert found.retired_by == cast.ben
    with pytest.raises(Refused, match="was retired"):
        edit(found, cast.aki, version=2)
    with pytest.raises(Refused, match="was retired"), acting_as(cast.aki):
        actions.retire_fact(fact=found, by=cast.aki, at=now())


def test_brands_are_handled_from_a_day_and_never_twice_at_once(cast):
    brand = make.brand(cast.sora.company, "Tea")
    with acting_as(cast.aki):
        handled = actions.handle_brand(
            account=cast.sora, brand=brand, starts_on=make.LONG_AGO, by=cast.aki
        )
        with pytest.raises(ValidationError) as error:
            actions.handle_brand(account=cast.sora, brand=brand, starts_on=TODAY, by=cast.aki)
        assert error.value.message_dict == {
            "brand": ["The account already handles this brand at that time."]
        }
        with pytest.raises(ValidationError, match="It begins on 1 Apr 2016"):
            actions.stop_brand(handled=handled, on=make.LONG_AGO - DAY, by=cast.aki)
        actions.stop_brand(handled=handled, on=TODAY - dt.timedelta(days=1), by=cast.aki)

        assert actions.handle_brand(account=cast.sora, brand=brand, starts_on=TODAY, by=cast.aki).pk


def test_finance_handles_no_brand(cast):
    brand = make.brand(cast.sora.company, "Tea")

    with pytest.raises(Refused), acting_as(cast.fumi):
        actions.handle_brand(account=cast.sora, brand=brand, starts_on=TODAY, by=cast.fumi)
