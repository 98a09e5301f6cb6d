"""Public holidays by country, and the zone of a country's business."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from kakehashi.base.locales import _countries
from kakehashi.base.public_days import PublicDays, country_of, regions, zone_of


def names(country, year, language, region=""):
    days = PublicDays(country, region).named(dt.date(year, 1, 1), dt.date(year, 12, 31), language)
    return {day.isoformat()[5:]: name for day, name in days}


def test_japan_has_moved_holidays_and_the_day_between_two():
    year = names("JP", 2026, "ja")

    assert year["05-06"] == "振替休日"
    assert year["09-22"] == "国民の休日"
    assert year["11-03"] == "文化の日"
    assert len(year) == 18


def test_they_are_named_in_the_readers_language():
    assert names("JP", 2026, "en")["11-03"] == "Culture Day"


def test_a_country_whose_holidays_nobody_named_in_japanese_names_them_in_english():
    assert names("SG", 2026, "ja")["08-10"] == "National Day (observed)"


def test_england_is_meant_where_nobody_says_which_part_of_the_kingdom():
    assert "04-06" in names("GB", 2026, "en")
    assert "11-30" not in names("GB", 2026, "en")
    assert "11-30" in names("GB", 2026, "en", "SCT")
    assert names("GB", 2026, "en", "nowhere") == names("GB", 2026, "en", "ENG")


def test_a_country_nobody_knows_has_weekends_only():
    assert names("XX", 2026, "en") == {}
    assert not PublicDays("")(dt.date(2026, 1, 1))


def test_only_the_days_asked_for_are_told():
    days = PublicDays("JP").named(dt.date(2025, 12, 1), dt.date(2026, 1, 31), "en")

    assert [day.isoformat() for day, _name in days] == ["2026-01-01", "2026-01-12"]


def test_parts_of_a_country_are_offered_where_they_differ():
    assert ("SCT", "Scotland") in regions("GB")
    assert regions("JP") == []
    assert regions("XX") == []


@pytest.mark.parametrize("country", sorted(set(_countries().values())))
def test_every_country_has_holidays_a_zone_and_perhaps_parts(country):
    assert isinstance(names(country, 2026, "ja"), dict)
    assert ZoneInfo(zone_of(country, here="Asia/Tokyo"))
    assert all(code and name for code, name in regions(country))


def test_business_is_done_in_the_capital_of_it():
    assert zone_of("US", here="Asia/Tokyo") == "America/New_York"
    assert zone_of("US", here="America/Chicago") == "America/Chicago"
    assert zone_of("SG", here="Asia/Tokyo") == "Asia/Singapore"
    assert zone_of("", here="Asia/Tokyo") == "Asia/Tokyo"


def test_a_zone_tells_its_country_unless_it_is_everybodys():
    assert country_of("Asia/Tokyo") == "JP"
    assert country_of("UTC") == ""
