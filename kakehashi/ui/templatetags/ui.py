"""Template tags of the house: `{% load ui %}`. The gallery at /ui/ shows each one.

An attribute a component does not declare is a TemplateSyntaxError. Where a component passes
attributes through, `id`, `hx-…`, `data-…` and `aria-…` may be added. `as name` stores any of
them: `{% ui_money a.net "JPY" compact=True as net %}{% ui_stat net _("Net revenue") %}`.

{% ui_icon "users" %}                         {% ui_icon "lock" label=_("Walled") %}
{% ui_button _("Save") kind="primary" %}      kind plain|primary|quiet|danger, size normal|small
{% ui_button _("New") href=url icon="plus" %} a link that looks like a button
{% ui_button _("End seat") reason=objection %}  greyed with its reason when there is one
{% ui_button _("Add") dialog="add" %}         opens {% ui_dialog _("Add a seat") name="add" %}
{% ui_card _("Team") %}…{% ui_slot actions %}…{% endui_slot %}{% ui_slot footer %}…
    {% endui_slot %}{% endui_card %}          tone plain|ours|theirs|late, level 2–4, flush
{% ui_dialog title name="add" %}…{% ui_slot actions %}…{% endui_slot %}{% endui_dialog %}
{% ui_field "q" _("Search") value=q type="search" %}  filter inputs without a Django form
{% ui_field "status" _("Status") options=statuses value=status %}
{% ui_form_row form.name %}                   one field of a Django form
{% ui_form form submit=_("Save") %}{% endui_form %}   all rows, errors, CSRF; add your own rows
    as the body, more buttons in slot actions; guard=True warns before leaving with changes
{% ui_table _("Accounts") narrow="stack" keys=True %}<thead>…<tbody>…{% endui_table %}
    plain rows inside; td class="number" right-aligns, data-label="…" names a stacked cell,
    the first link of a row is what Enter opens
{% ui_pager previous=url next=url note=_("50 accounts") %}
{% ui_pill _("Active") tone="good" %}         tone plain|ours|theirs|good|late
{% ui_money amount currency %}                compact=True: ¥4.1億 / ¥412.8M
{% ui_date day %} {% ui_date day form="short" %}  long|short|month|year|plain; late=True
{% ui_person person href=url note=title %}    reading=True adds the kana
{% ui_empty _("No accounts yet") icon="briefcase" %}what to do{% ui_slot actions %}…
    {% endui_slot %}{% endui_empty %}
{% ui_alert _("Saved") tone="good" %}…{% endui_alert %}   tone info|good|caution|late
{% ui_tabs _("Account") %}{% ui_tab _("People") url current=True count=4 %}{% endui_tabs %}
{% ui_timeline _("History") %}{% ui_event title at=when by=person %}…{% endui_event %}
    {% endui_timeline %}
{% ui_tree branches label=_("Offices") %}     branches: kakehashi.ui.trees.Branch
{% ui_stat value _("Accounts") unit=_("accounts") period=_("last 12 months") %}
{% ui_term "hhi" label="…" %}
{% ui_bar share label=text %}                 0–1, or most=total
{% ui_progress done total label=_("Reading") source=url %}
{% ui_breadcrumb %}{% ui_crumb _("Accounts") "/accounts/" %}{% ui_crumb name %}
    {% endui_breadcrumb %}

Filters: {{ account|ui_name }} name for this reader, {{ share|ui_percent }} 8.4%,
{{ count|ui_number }} 1,234, {{ hhi|ui_number:1 }}, {{ user_agent|ui_device }} Chrome 140 · Windows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template import Library

from kakehashi.ui import components, devices, formats, toasts
from kakehashi.ui.strict import register_all

if TYPE_CHECKING:
    from decimal import Decimal

    from django.contrib.messages.storage.base import Message

register = Library()
register_all(register, components)


@register.filter
def ui_name(thing: object) -> str:
    return formats.reader_name(thing)


@register.filter
def ui_percent(share: Decimal | float | None, digits: int = 1) -> str:
    return formats.NOTHING if share is None else formats.percent_text(share, digits)


@register.filter
def ui_number(value: Decimal | float | None, digits: int = 0) -> str:
    return formats.NOTHING if value is None else formats.number_text(value, digits)


@register.filter
def ui_country(code: str) -> str:
    """A country's name in the reader's language."""
    return formats.country_text(code)


@register.filter
def ui_year_end(day: str) -> str:
    """The last day of a fiscal year, kept as `MM-DD`, as the reader writes it."""
    return formats.year_end_text(day)


@register.filter
def ui_device(user_agent: str) -> str:
    return devices.device_name(user_agent)


@register.filter
def ui_undo(message: Message) -> toasts.Undo | None:
    """The way back that a message offers, or None."""
    return toasts.undo_of(message)
