"""Reading a page as somebody who clicks on everything: its links, filters and forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import zip_longest
from urllib.parse import parse_qsl, urlsplit

IGNORED = {"submit", "button", "image", "reset", "file", "password"}
NOT_SENT = {"csrfmiddlewaretoken", "version"}
PLAUSIBLE = {"date": "2026-12-01", "month": "2026-12", "number": "1", "email": "new@new.example"}
LOOKED_UP = {  # what somebody would choose, by where the suggestions come from
    "/companies/find/": "C3",
    "/accounts/find/": "SAWANO",
    "/accounts/colleagues/": "small.goto",
}


@dataclass
class Form:
    """A form: where it goes, and for each field what may be said, its present value first."""

    method: str
    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    free: dict[str, str] = field(default_factory=dict)  # fields one types into, and their kind
    lookups: dict[str, str] = field(default_factory=dict)  # typed, with suggestions from there
    ticks: set[str] = field(default_factory=set)  # yes or no

    @property
    def as_it_stands(self) -> dict[str, str]:
        return {name: values[0] if values else "" for name, values in self.fields.items()}

    @property
    def filled_in(self) -> dict[str, str]:
        """Something sensible in every field that is empty."""
        return {
            name: next(filter(None, values), self._sensible(name))
            for name, values in self.fields.items()
        }

    def _sensible(self, name: str) -> str:
        if name in self.lookups:
            return LOOKED_UP.get(self.lookups[name], "new")
        return PLAUSIBLE.get(self.free.get(name, ""), "new")

    @property
    def choices(self) -> list[str]:
        """Fields in which one chooses among rows, or which the page has filled in."""
        return [name for name in self.fields if name not in {*self.free, *self.ticks, *NOT_SENT}]


class Page(HTMLParser):
    """What can be followed on a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        for name in ("href", "hx-get"):
            if said.get(name):
                self.links.append(said[name])
        if tag == "form":
            method = said.get("method", "get").lower()
            action = said.get("action") or said.get("hx-post", "")
            self._form = Form(method, action)
            self.forms.append(self._form)
        elif self._form is not None:
            self._read(tag, said)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""

    def _read(self, tag: str, said: dict[str, str]) -> None:
        assert self._form is not None
        name = said.get("name", "")
        if tag == "option" and self._select:
            values = self._form.fields[self._select]
            values.insert(0 if "selected" in said else len(values), said.get("value", ""))
        elif tag == "select" and name:
            self._select = name
            self._form.fields[name] = []
        elif tag == "textarea" and name:
            self._form.fields[name] = [""]
            self._form.free[name] = "textarea"
        elif tag == "input" and name and said.get("type") not in IGNORED:
            self._input(name, said)

    def _input(self, name: str, said: dict[str, str]) -> None:
        assert self._form is not None
        values = self._form.fields.setdefault(name, [])
        values.insert(0 if "checked" in said else len(values), said.get("value", ""))
        if said.get("type") not in {"checkbox", "radio", "hidden"}:
            self._form.free[name] = said.get("type", "text")
        if said.get("type") == "checkbox" and len(values) == 1:
            self._form.ticks.add(name)
        elif name in self._form.ticks:
            self._form.ticks.remove(name)  # several of one name are a choice
        if "hx-get" in said:
            self._form.lookups[name] = urlsplit(said["hx-get"]).path


def queries_on(page: Page, path: str, words: tuple[str, ...]) -> list[dict[str, str]]:
    """Queries of the same address that the page offers: searched, filtered, sorted, next pages.

    The first of each way come first.
    """
    forms = [
        form
        for form in page.forms
        if form.method == "get" and urlsplit(form.action).path in {"", path}
    ]
    links = [
        dict(parse_qsl(parts.query, keep_blank_values=True))
        for parts in map(urlsplit, page.links)
        if parts.query and parts.path in {"", path}
    ]
    by_name: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for query in links:
        by_name.setdefault(tuple(sorted(query)), []).append(query)
    ways = [_filters(form, name, words) for form in forms for name in form.fields]
    return _distinct(_in_turn([*ways, *by_name.values()]))


def _filters(form: Form, name: str, words: tuple[str, ...]) -> list[dict[str, str]]:
    values = words if name in form.free else form.fields[name]
    return [{**form.as_it_stands, name: value} for value in values]


def _in_turn(ways: list[list[dict[str, str]]]) -> list[dict[str, str]]:
    return [query for row in zip_longest(*ways) for query in row if query is not None]


def _distinct(found: list[dict[str, str]]) -> list[dict[str, str]]:
    return list({tuple(sorted(query.items())): query for query in found}.values())
