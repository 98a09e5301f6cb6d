"""The components: each signature is a contract, each docstring says when to use it.

`strict.py` turns them into template tags; templates/ui/components/ and static/ui/components/
hold one .html and one .css for each.
"""
# Props are read by the template (ARG001), carry HTML's own words (A002), are as many as the
# component has (PLR0913), and their types are read when tags are compiled (TC).
# ruff: noqa: ARG001, A002, PLR0913, TC001, TC003

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date as Date  # noqa: N812 - a component below is called date
from decimal import Decimal
from typing import Any, Literal

from django.forms import BaseForm, BoundField, CheckboxInput, FileInput, RadioSelect
from django.forms.widgets import CheckboxSelectMultiple

from kakehashi.ui import assets, formats, glossary
from kakehashi.ui.formats import DateForm
from kakehashi.ui.strict import component
from kakehashi.ui.trees import Branch

Tone = Literal["plain", "ours", "theirs", "good", "late"]
Props = Mapping[str, Any]


@component(repeats=True)
def icon(name: str, *, label: str = "") -> Props:
    """A sign from the sprite; without a label it is decoration and hidden from readers."""
    return {"href": assets.icon(name)}


@component(passes=True)
def button(
    label: str,
    *,
    href: str = "",
    kind: Literal["plain", "primary", "quiet", "danger"] = "plain",
    type: Literal["submit", "button", "reset"] = "submit",
    size: Literal["normal", "small"] = "normal",
    icon: str = "",
    name: str = "",
    value: str = "",
    form: str = "",
    dialog: str = "",
    reason: str | None = None,
) -> Props:
    """An act, or with href a way to one. A `reason` (an objection) greys it and says why.

    The reason stands beside the button; in heads and tables it shows when the button is pointed at.
    """
    return {"kind_of_button": "button" if dialog else type}


@component(slots=("actions", "footer"), passes=True)
def card(
    title: str = "",
    *,
    level: Literal[2, 3, 4] = 2,
    tone: Literal["plain", "ours", "theirs", "late"] = "plain",
    flush: bool = False,
) -> Props:
    """A group of things that belong together; flush lets a table reach the edges."""
    return {}


@component(slots=("actions",), passes=True)
def dialog(title: str, *, name: str, size: Literal["normal", "wide"] = "normal") -> Props:
    """A native dialog, opened by a button whose `dialog` is this name; closes without script."""
    return {}


@component(passes=True)
def field(
    name: str,
    label: str,
    *,
    type: Literal["text", "search", "date", "month", "number", "email"] = "text",
    value: Any = "",
    options: Iterable[tuple[Any, Any]] | None = None,
    help: str = "",
    error: str = "",
    hide_label: bool = False,
    required: bool = False,
) -> Props:
    """A labelled input that no Django form stands behind: filters above a list."""
    chosen = "" if value is None else str(value)
    known = [(str(key), text, str(key) == chosen) for key, text in options or ()]
    return {"value": chosen, "choices": known, "is_choice": options is not None}


@component()
def form_row(bound: BoundField, *, hide_label: bool = False) -> Props:
    """One field of a Django form with label, help and errors tied to it."""
    widget = bound.field.widget
    return {
        "field": bound,
        "is_check": isinstance(widget, CheckboxInput),
        "is_group": isinstance(widget, RadioSelect | CheckboxSelectMultiple),
        "is_file": isinstance(widget, FileInput),
        "marks_required": bound.field.required and not isinstance(widget, CheckboxInput),
    }


@component(slots=("actions",), passes=True)
def form(
    form: BaseForm,
    *,
    submit: str,
    action: str = "",
    method: Literal["post", "get"] = "post",
    kind: Literal["primary", "danger"] = "primary",
    guard: bool = False,
) -> Props:
    """A whole form. An empty body means all its rows; guard warns of leaving with changes."""
    return {}


@component(body=True, passes=True)
def table(
    caption: str,
    *,
    narrow: Literal["scroll", "stack"] = "scroll",
    show_caption: bool = False,
    keys: bool = False,
) -> Props:
    """A table; on a phone it scrolls, or stacks by each cell's data-label; keys: ↑ ↓ and Enter."""
    return {}


@component()
def pager(*, previous: str | None = None, next: str | None = None, note: str = "") -> Props:
    """Keyset pages: an address to go back, one to go on, and what is shown."""
    return {}


@component(repeats=True)
def pill(label: str, *, tone: Tone = "plain", icon: str = "") -> Props:
    """A short state or kind. late (朱) is for what is late, nothing else."""
    return {}


@component()
def money(amount: Decimal | None, currency: str, *, compact: bool = False) -> Props:
    """An amount with its currency; compact for headlines keeps the full amount as title."""
    if amount is None:
        return {"text": ""}
    full = formats.money_text(amount, currency)
    return {
        "text": formats.money_text(amount, currency, compact=compact),
        "full": full if compact else "",
    }


@component(repeats=True)
def date(value: Date | None, *, form: DateForm = "long", late: bool = False) -> Props:
    """A day or moment in the reader's words; a moment also shows its time."""
    if value is None:
        return {"text": ""}
    return {
        "text": formats.date_text(value, form),
        "machine": formats.machine_date(value, form),
    }


@component()
def person(person: Any, *, href: str = "", note: str = "", reading: bool = False) -> Props:
    """A human by the name the reader can read, with a note (title, role) and the reading."""
    return {
        "name": formats.reader_name(person),
        "kana": getattr(person, "name_kana", ""),
    }


@component()
def term(key: str, *, label: str = "") -> Props:
    """A term of the glossary, explained on hover and focus; `label` where it is said otherwise."""
    found = glossary.term(key)
    return {"term": found, "said": label or found.name}


@component(slots=("actions",))
def empty(title: str, *, icon: str = "") -> Props:
    """Nothing here yet, why, and what to do next."""
    return {}


@component(slots=("actions",), passes=True)
def alert(
    title: str = "",
    *,
    tone: Literal["info", "good", "caution", "late"] = "info",
    live: bool = False,
) -> Props:
    """A notice in the page; live announces it to screen readers when it arrives."""
    icons = {"info": "info-circle", "good": "circle-check", "caution": "alert-triangle"}
    return {"sign": icons.get(tone, "alert-circle")}


@component(body=True)
def tabs(label: str) -> Props:
    """Pages of one thing, side by side; its body is ui_tab after ui_tab."""
    return {}


@component(passes=True)
def tab(label: str, href: str, *, current: bool = False, count: int | None = None) -> Props:
    """One page in ui_tabs."""
    return {"counted": count is not None}


@component(body=True)
def timeline(label: str) -> Props:
    """What happened, newest first; its body is ui_event after ui_event."""
    return {}


@component(body=True)
def event(title: str, *, at: Date | None = None, by: Any = None, tone: Tone = "plain") -> Props:
    """One thing that happened, in ui_timeline; the body tells more."""
    return {"name": formats.reader_name(by) if by else ""}


@component()
def tree(branches: Iterable[Branch], *, label: str) -> Props:
    """Nested things with native disclosure; the way to the current one stands open."""
    return {}


@component()
def stat(
    value: str,
    label: str,
    *,
    unit: str = "",
    period: str = "",
    href: str = "",
    tone: Literal["plain", "ours", "late"] = "plain",
    term: str = "",
) -> Props:
    """One number with its unit and the period it speaks of; `term` explains what it counts."""
    return {}


@component()
def bar(
    value: Decimal | float,
    *,
    label: str,
    most: Decimal | float = 1,
    tone: Literal["ours", "theirs", "plain", "late"] = "ours",
) -> Props:
    """A share as a bar; label is what a screen reader says of it."""
    share = min(max(float(value) / float(most), 0.0), 1.0) if most else 0.0
    return {"width": f"{share * 100:.2f}"}


@component()
def progress(value: int, most: int, *, label: str, source: str = "") -> Props:
    """Work under way; with a source it asks again every second until the answer has none."""
    return {"value": str(value), "most": str(most), "is_counted": most > 0}


@component(body=True)
def breadcrumb() -> Props:
    """The way down to this page; its body is ui_crumb after ui_crumb, the page itself last."""
    return {}


@component()
def crumb(label: str, href: str = "") -> Props:
    """One step in ui_breadcrumb; without href it is the page itself."""
    return {}
