"""Two worlds, equal but for one hidden account, are the same to everybody who may not see it."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.urls import reverse

from tests.twin import asking, sending, visiting, walk
from tests.twin.comparing import leaks
from tests.twin.world import HIDDEN, HUNTERS, VIEWERS, VISITOR, world

pytestmark = pytest.mark.slow

PEOPLE = [*VIEWERS, VISITOR]
LANGUAGES = {name: ("ja", "en")[number % 2] for number, name in enumerate(PEOPLE)}


@pytest.mark.parametrize("name", PEOPLE)
def test_nobody_can_tell_the_two_worlds_apart(db, name, capsys):
    """By no page, link, filter, form, command, mail or task, nor by asking for a hidden row."""
    commands = sending.Commands(capsys)
    sent = {}

    def go_everywhere(who):
        pages = visiting.tour(who)
        sent.update(sending.forms_sent(who, pages) if who.is_thorough else {})
        return {**pages, **sent, **commands(who)}

    hunt = visiting.hits if name in HUNTERS else None
    found = leaks(name, go_everywhere, LANGUAGES[name], hunt=hunt, chain=True)

    assert not found, "\n".join(found)
    accepted = [answer.status == HTTPStatus.FOUND for answer in sending.sensible(sent)]
    assert sum(accepted) >= len(accepted) / 2, "too few forms reach what they would do"


@pytest.mark.parametrize(("route", "field"), walk.TAKEN)
def test_a_code_that_is_taken_says_no_more_than_that(db, route, field):
    """The one thing told: who gives accounts their codes learns that one is gone already."""
    with world(hidden=True) as made:
        who = asking.viewer("administrator", made.viewers, "en")
        address = visiting.addresses(who, next(r for r in walk.routes() if r.name == route))[0]
        path = reverse(route, kwargs=address)
        (form,) = (form for form in who.ask(path).page.forms if field in form.fields)
        free, seen, hidden = (
            who.ask(path, "post", data={**form.filled_in, field: code}).told()
            for code in ("FREE", "MIO", HIDDEN)
        )

    assert (free[0], seen[0]) == (302, 422)
    assert hidden == (*seen[:2], seen[2].replace("MIO", HIDDEN), seen[3])
