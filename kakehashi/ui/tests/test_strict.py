"""A component says what it takes, and takes nothing else."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import SafeString

from kakehashi.ui import components, strict
from kakehashi.ui.strict import REGISTRY, Component
from kakehashi.ui.styles import in_one

UI = Path(strict.__file__).parent
ALL = pytest.mark.parametrize("component", REGISTRY.values(), ids=REGISTRY)


def call(component: Component, more: str = "") -> str:
    """The shortest legal call of a component, with more attributes behind it."""
    needed = [
        f"{name}=thing"
        for name, prop in component.signature.parameters.items()
        if prop.default is inspect.Parameter.empty
    ]
    tag = f"{{% {component.tag} {' '.join(needed)} {more} %}}"
    return tag + (f"{{% end{component.tag} %}}" if component.body else "")


def compiled(source: str) -> Template:
    return Template("{% load ui %}" + source)


def rendered(source: str, **values: object) -> str:
    return compiled(source).render(Context(values))


@ALL
def test_what_a_component_needs_is_enough(component: Component) -> None:
    compiled(call(component))


@ALL
def test_an_unknown_attribute_is_an_error(component: Component) -> None:
    with pytest.raises(TemplateSyntaxError, match="colour"):
        compiled(call(component, "colour='red'"))


@ALL
def test_a_style_attribute_is_an_error_like_any_other(component: Component) -> None:
    with pytest.raises(TemplateSyntaxError):
        compiled(call(component, "style='color:red'"))


@ALL
def test_only_those_that_say_so_pass_attributes_through(component: Component) -> None:
    source = call(component, "hx-get='/'")
    if component.passes:
        compiled(source)
    else:
        with pytest.raises(TemplateSyntaxError):
            compiled(source)


NEEDY = [
    component
    for component in REGISTRY.values()
    if any(p.default is p.empty for p in component.signature.parameters.values())
]


@pytest.mark.parametrize("component", NEEDY, ids=lambda component: component.name)
def test_a_missing_prop_is_an_error(component: Component) -> None:
    end = f"{{% end{component.tag} %}}" if component.body else ""
    with pytest.raises(TemplateSyntaxError, match="missing"):
        compiled(f"{{% {component.tag} %}}{end}")


CLOSED = [(c, prop) for c in REGISTRY.values() for prop in c.choices]


@pytest.mark.parametrize(("component", "prop"), CLOSED, ids=lambda x: getattr(x, "name", x))
def test_a_value_outside_a_closed_list_is_an_error(component: Component, prop: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="is one of"):
        compiled(call(component, f"{prop}='chartreuse'"))


def test_a_variable_outside_a_closed_list_is_an_error_when_rendered() -> None:
    with pytest.raises(TemplateSyntaxError, match="is one of"):
        rendered("{% ui_pill 'x' tone=tone %}", tone="chartreuse")


@ALL
def test_each_component_has_its_template_its_style_and_a_line_of_use(
    component: Component,
) -> None:
    assert (UI / "templates" / component.template).exists()
    assert (UI / "static/ui/components" / f"{component.name}.css").exists()
    assert component.build.__doc__
    assert component.tag in (UI / "templatetags/ui.py").read_text(encoding="utf-8")


@ALL
def test_the_style_sheet_holds_each_component(component: Component) -> None:
    own = (UI / "static/ui/components" / f"{component.name}.css").read_text(encoding="utf-8")

    assert f"@layer components {{\n{own}}}" in in_one()


@ALL
def test_the_gallery_shows_each_component(component: Component) -> None:
    pages = "".join(p.read_text() for p in (UI / "templates/ui").glob("gallery*.html"))

    assert f"{{% {component.tag} " in pages or f"{{% {component.tag} %}}" in pages


def test_a_slot_goes_where_the_template_puts_it() -> None:
    html = rendered("{% ui_card 'T' %}body{% ui_slot footer %}foot{% endui_slot %}{% endui_card %}")

    assert html.index("body") < html.index('class="card-foot"') < html.index("foot</footer>")


FOOT = "{% ui_slot footer %}x{% endui_slot %}"


@pytest.mark.parametrize(
    "body",
    [
        "{% ui_slot head %}x{% endui_slot %}",
        "{% if 1 %}" + FOOT + "{% endif %}",
        FOOT + FOOT,
        "{% ui_slot %}x{% endui_slot %}",
    ],
    ids=["unknown", "not directly inside", "twice", "nameless"],
)
def test_a_slot_in_the_wrong_place_is_an_error(body: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        compiled("{% ui_card 'T' %}" + body + "{% endui_card %}")


def test_a_slot_outside_any_component_is_an_error() -> None:
    with pytest.raises(TemplateSyntaxError, match="inside a component"):
        rendered("{% ui_slot footer %}x{% endui_slot %}")


def test_a_prop_given_twice_is_an_error() -> None:
    with pytest.raises(TemplateSyntaxError, match="twice"):
        compiled("{% ui_pill 'x' tone='good' tone='late' %}")


def test_what_a_component_shows_is_escaped() -> None:
    assert "&lt;b&gt;" in rendered("{% ui_pill name %}", name="<b>")


def test_a_passed_attribute_is_escaped_and_dropped_when_empty() -> None:
    html = rendered("{% ui_button 'x' data-a=a data-b=b %}", a='"><script>', b=None)

    assert "&quot;&gt;&lt;script&gt;" in html
    assert "data-b" not in html


def test_a_component_does_not_see_the_page_around_it() -> None:
    assert 'data-tone="plain"' in rendered("{% ui_pill 'x' %}", tone="late")


def test_a_component_can_be_kept_under_a_name() -> None:
    assert rendered("{% ui_pill 'x' as kept %}[{{ kept }}]").startswith('[<span class="pill"')


def test_the_tags_are_those_that_components_declares() -> None:
    declared = [n for n, f in vars(components).items() if inspect.isfunction(f)]

    assert set(REGISTRY) <= set(declared)


def pills(*labels: str) -> list[str]:
    """What each looks like on a page of its own."""
    source = "{% load ui %}{% ui_pill label %}"
    return [
        Template(source).render(Context({"label": label, "request": RequestFactory().get("/")}))
        for label in labels
    ]


class TestWhatRepeats:
    @pytest.fixture(autouse=True)
    def _nothing_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(strict, "KEPT", {})

    def test_is_rendered_once_a_process_where_it_is_said_in_plain_words(self) -> None:
        first, second = pills("Active", "Active")

        assert first == second
        assert len(strict.KEPT) == 1

    def test_is_escaped_whatever_was_safe_before(self) -> None:
        safe, written = pills(SafeString("<b>x</b>"), "<b>x</b>")

        assert "<b>x</b>" in safe
        assert "&lt;b&gt;x&lt;/b&gt;" in written
        assert len(strict.KEPT) == 1, "only plain words are kept"

    def test_is_in_the_readers_language(self) -> None:
        with translation.override("ja"):
            pills("Active")
        with translation.override("en"):
            pills("Active")

        assert len(strict.KEPT) == 2

    def test_does_not_fill_the_memory(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(strict, "MOST_KEPT", 3)

        shown = pills(*(str(number) for number in range(10)))

        assert len(strict.KEPT) <= 3
        assert all(str(number) in html for number, html in enumerate(shown))
