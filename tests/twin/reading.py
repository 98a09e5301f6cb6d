"""Reading a page as somebody who clicks on everything: its links, filters and forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

IGNORED = {"submit", "button", "image", "reset", "file", "password"}
PLAUSIBLE = {"date": "2026-12-01", "month": "2026-12", "number": "1", "email": "new@new.example"}


@dataclass
class Form:
    """A form: where it goes, and for each field what may be said, its present value first."""

    method: str
    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    free: dict[str, str] = field(default_factory=dict)  # fields one types into, and their kind

    @property
    def as_it_stands(self) -> dict[str, str]:
        return {name: values[0] if values else "" for name, values in self.fields.items()}

    @property
    def filled_in(self) -> dict[str, str]:
        """Something sensible in every field that is empty."""
        return {
            name: next(filter(None, values), PLAUSIBLE.get(self.free.get(name, ""), "new"))
            for name, values in self.fields.items()
        }


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
            self._form.free[name] = "text"
        elif tag == "input" and name and said.get("type") not in IGNORED:
            self._input(name, said)

    def _input(self, name: str, said: dict[str, str]) -> None:
        assert self._form is not None
        values = self._form.fields.setdefault(name, [])
        values.insert(0 if "checked" in said else len(values), said.get("value", ""))
        if said.get("type") not in {"checkbox", "radio"}:
            self._form.free[name] = said.get("type", "text")


def queries_on(page: Page, path: str) -> list[dict[str, str]]:
    """Every query of the same address that the page offers: sorted, filtered, the next page."""
    found = [
        dict(parse_qsl(parts.query, keep_blank_values=True))
        for parts in map(urlsplit, page.links)
        if parts.query and parts.path in {"", path}
    ]
    for form in page.forms:
        if form.method == "get" and urlsplit(form.action).path in {"", path}:
            found += _filters(form)
    return _distinct(found)


def _filters(form: Form) -> list[dict[str, str]]:
    stands = form.as_it_stands
    return [
        {**stands, name: value}
        for name, values in form.fields.items()
        if name not in form.free
        for value in values
    ]


def _distinct(found: list[dict[str, str]]) -> list[dict[str, str]]:
    return list({tuple(sorted(query.items())): query for query in found}.values())
