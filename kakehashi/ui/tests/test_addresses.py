"""An address by an id is what Django makes of it, and the way there is looked for once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse, set_script_prefix

from kakehashi.ui import addresses

ROWS = [uuid4(), uuid4(), uuid4()]


def rendered(source: str, **values: object) -> str:
    return Template(source).render(Context({"rows": ROWS, **values}))


def test_rows_lead_to_their_pages_by_one_look(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    monkeypatch.setattr(addresses, "reverse", lambda *a, **k: looked.append(a) or reverse(*a, **k))

    links = rendered("{% for pk in rows %}{% url 'people:person' pk %} {% endfor %}")

    assert links.split() == [reverse("people:person", args=[pk]) for pk in ROWS]
    assert len(looked) == 1


@pytest.mark.parametrize(
    ("tag", "name", "args"),
    [
        ("'people:person' rows.0", "people:person", [ROWS[0]]),
        ("view rows.0", "people:person", [ROWS[0]]),
        ("'people:person' text", "people:person", [ROWS[1]]),
        ("'clients:accounts'", "clients:accounts", []),
        ("'traffic:column' 'released'", "traffic:column", ["released"]),
        ("'traffic:move' rows.0 'production'", "traffic:move", [ROWS[0], "production"]),
    ],
)
def test_it_is_the_address_that_django_makes(tag: str, name: str, args: list[object]) -> None:
    values = {"view": "people:person", "text": str(ROWS[1])}
    here = rendered("{% url " + tag + " %}{% url " + tag + " as way %} {{ way }}", **values)

    assert here.split() == [reverse(name, args=args)] * 2


def test_it_stands_below_where_the_program_stands() -> None:
    template = Template("{% url 'people:person' pk %}")
    context = Context({"pk": ROWS[0]})
    at_root = template.render(context)
    set_script_prefix("/agency/")
    try:
        assert template.render(context) == f"/agency{at_root}"
    finally:
        set_script_prefix("/")


def test_what_leads_nowhere_is_said() -> None:
    with pytest.raises(NoReverseMatch):
        rendered("{% url 'people:nobody' rows.0 %}")
    assert rendered("[{% url 'people:nobody' rows.0 as way %}{{ way }}]") == "[]"
