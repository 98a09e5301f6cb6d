"""What each component says to a reader, and to a reader who listens."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from kakehashi.ui.trees import Branch


def rendered(source: str, **values: object) -> str:
    return Template("{% load ui %}" + source).render(Context(values))


class SeatForm(forms.Form):
    share = forms.IntegerField(help_text="In per cent.")
    lead = forms.BooleanField()
    note = forms.CharField(required=False, widget=forms.HiddenInput)


def test_a_refused_act_is_greyed_and_says_why() -> None:
    html = rendered("{% ui_button 'Approve' reason=why %}", why="Your own work.")

    assert "disabled" in html
    assert "Your own work." in html


def test_a_refused_act_can_be_focused_but_sends_and_fetches_nothing() -> None:
    source = "{% ui_button 'Approve' name='act' value='yes' hx-post='/x/' reason='No.' %}"
    html = rendered(source)

    assert 'type="button"' in html
    assert 'aria-disabled="true"' in html
    assert not any(sent in html for sent in ("submit", "name=", "hx-post"))


def test_a_refused_way_is_no_link() -> None:
    assert "href" not in rendered("{% ui_button 'Open' href='/x/' reason='No.' %}")


def test_an_act_without_objection_is_open() -> None:
    html = rendered("{% ui_button 'Approve' reason=why %}", why=None)

    assert "disabled" not in html


def test_a_button_that_opens_a_dialog_does_not_send_a_form() -> None:
    html = rendered("{% ui_button 'Add' dialog='add' %}")

    assert 'type="button"' in html
    assert 'commandfor="add"' in html


def test_errors_and_help_are_tied_to_their_field() -> None:
    html = rendered("{% ui_form_row form.share %}", form=SeatForm({"share": "many"}))

    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_share_helptext id_share_error"' in html
    assert 'id="id_share_helptext"' in html
    assert 'id="id_share_error"' in html
    assert '<label for="id_share"' in html


def test_a_form_shows_every_row_once_and_its_errors_on_top() -> None:
    form = SeatForm({})
    form.add_error(None, "The period overlaps.")
    html = rendered("{% ui_form form submit='Save' %}{% endui_form %}", form=form)

    assert html.count('name="share"') == html.count('name="lead"') == html.count('name="note"') == 1
    assert html.index("The period overlaps.") < html.index('name="share"')


def test_a_form_with_a_body_shows_that_instead_of_its_rows() -> None:
    html = rendered("{% ui_form form submit='Save' %}mine{% endui_form %}", form=SeatForm())

    assert "mine" in html
    assert 'name="share"' not in html


def test_a_group_of_choices_is_named_by_its_legend() -> None:
    form = type("F", (forms.Form,), {"way": forms.ChoiceField(widget=forms.RadioSelect)})()
    html = rendered("{% ui_form_row form.way %}", form=form)

    assert html.startswith("<fieldset")
    assert "<legend>Way" in html


def test_a_chosen_option_stays_chosen() -> None:
    html = rendered("{% ui_field 's' 'S' options=o value=1 %}", o=[(1, "one"), (2, "two")])

    assert '<option value="1" selected>one</option>' in html
    assert '<option value="2">two</option>' in html


def test_a_share_is_drawn_without_a_style_and_read_aloud() -> None:
    html = rendered("{% ui_bar share label='8.4%' %}", share=Decimal("0.084"))

    assert 'width="8.40"' in html
    assert 'aria-label="8.4%"' in html


@pytest.mark.parametrize(("value", "width"), [(3, "100.00"), (-1, "0.00")])
def test_a_bar_never_leaves_its_track(value: int, width: str) -> None:
    assert f'bar-fill" width="{width}"' in rendered("{% ui_bar v label='x' %}", v=value)


def test_a_bar_of_nothing_is_empty() -> None:
    assert 'bar-fill" width="0.00"' in rendered("{% ui_bar 0 label='x' most=0 %}")


def test_compact_money_keeps_the_full_amount_at_hand() -> None:
    html = rendered("{% ui_money a 'JPY' compact=True %}", a=Decimal(412_800_000))

    assert 'title="¥412,800,000"' in html


@pytest.mark.parametrize("source", ["{% ui_money None 'JPY' %}", "{% ui_date None %}"])
def test_nothing_is_said_to_be_nothing(source: str) -> None:
    with translation.override("en"):
        assert 'aria-label="None"' in rendered(source)


def test_a_tree_stands_open_on_the_way_to_where_one_is() -> None:
    here = Branch("Team", "/team/", current=True)
    other = Branch("Osaka", "/osaka/", children=[Branch("Desk")])
    top = Branch("Agency", "/", children=[Branch("Tokyo", children=[here]), other])
    html = rendered("{% ui_tree branches label='Offices' %}", branches=[top])

    assert html.count("<details open>") == 2
    assert html.count("<details>") == 1
    assert '<a href="/team/" aria-current="page">Team</a>' in html


def test_progress_asks_again_only_while_it_has_a_source() -> None:
    assert 'hx-get="/p/"' in rendered("{% ui_progress 1 2 label='x' source='/p/' %}")
    assert "hx-get" not in rendered("{% ui_progress 2 2 label='x' %}")


def test_a_large_number_reaches_the_machine_without_separators() -> None:
    html = rendered("{% ui_progress 1200 50000 label='x' %}")

    assert 'value="1200" max="50000"' in html


def test_the_reading_stands_beside_the_name_when_asked() -> None:
    oba = type("P", (), {"name": "大場 健", "name_kana": "おおば けん"})()

    assert "おおば けん" in rendered("{% ui_person p reading=True %}", p=oba)
    assert "おおば けん" not in rendered("{% ui_person p %}", p=oba)


def test_the_last_step_of_the_way_down_is_no_link() -> None:
    html = rendered(
        "{% ui_breadcrumb %}{% ui_crumb 'A' '/a/' %}{% ui_crumb 'B' %}{% endui_breadcrumb %}"
    )

    assert '<a href="/a/">A</a>' in html
    assert '<span aria-current="page">B</span>' in html


def test_a_list_of_one_page_needs_no_pager() -> None:
    assert rendered("{% ui_pager %}") == ""
