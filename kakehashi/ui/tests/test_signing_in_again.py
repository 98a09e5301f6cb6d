"""A session that ended: parts of pages lead to the door, and what was typed is there again."""

from __future__ import annotations

import pytest

from kakehashi.people.models import Person
from tests import factories as make


def test_a_part_of_a_page_leads_the_whole_page_to_the_door(client, db):
    response = client.get(
        "/balls/courts/",
        HTTP_HX_REQUEST="true",
        HTTP_HX_CURRENT_URL="http://testserver/?by=account",
    )

    assert response.status_code == 204
    assert response["HX-Redirect"] == "/auth/login/?next=%2F%3Fby%3Daccount"


def test_a_page_leads_to_the_door_as_ever(client, db):
    assert client.get("/balls/").status_code == 302


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_was_typed_outlives_the_session(browser, live_server, cast):
    Person.objects.filter(pk=cast.aki.pk).update(language="en")
    context = browser.new_context(locale="en-GB", base_url=live_server.url)
    page = context.new_page()
    page.goto("/auth/login/?next=/balls/new/")
    sign_in(page, cast.aki)
    page.locator("[name=title]").fill("The logo files")
    context.clear_cookies(name="sessionid")

    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url("**/auth/login/**")
    sign_in(page, cast.aki)

    assert page.locator("[name=title]").input_value() == "The logo files"
    assert page.get_by_text("What you typed before is here again").is_visible()
    context.close()


def sign_in(page, person):
    page.fill("[name=login]", person.handle)
    page.fill("[name=password]", make.PASSWORD)
    page.locator("main form [data-kind=primary]").click()
    page.wait_for_url("**/balls/new/**")
