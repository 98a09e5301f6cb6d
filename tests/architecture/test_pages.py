"""Which pages are open to whom, before anything is asked of the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, get_resolver

from kakehashi.policy.middleware import FOR_CONTACTS, GATE

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a client's contact may open; everything else does not exist for them.
CONTACTS = {
    "approvals:circulation",
    "approvals:decide",
    "approvals:take-back",
    "briefs:brief",
    "briefs:hand-back",
    "briefs:pdf",
    "briefs:say",
    "briefs:version",
    "briefs:write",
    "clients:account",
    "clients:accounts",
    "conflicts:consent",
    "handoffs:answer",
    "handoffs:ask-back",
    "handoffs:ball",
    "home:home",
    "notify:choices",
    "notify:lift",
    "notify:news",
    "notify:notices",
    "notify:open",
    "notify:see",
    "notify:see-all",
    "people:language",
    "people:me",
    "people:my-address",
    "people:my-data",
    "requests:answer",
    "requests:file",
    "requests:list",
    "requests:request",
    "requests:say",
    "requests:withdraw",
    "requests:write",
    "search:opened",
    "search:palette",
    "search:pin",
    "search:results",
    "search:unpin",
    "traffic:review",
    "ui:glossary",
    "ui:theme",
}
# What may be opened without signing in, outside of the sign-in pages.
OPEN = {
    "api:feed",  # a token in its address
    "ui:theme",  # light or dark, on this device
}


def pages(
    resolver: Any = None, prefix: str = "/", space: str = ""
) -> Iterator[tuple[str, str, Any]]:
    """Address, name and view of every route."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield path, f"{space}{pattern.name}", pattern.callback
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from pages(pattern, path, inner)


def test_what_a_clients_contact_may_open_is_said_here():
    assert {name for _path, name, view in pages() if hasattr(view, FOR_CONTACTS)} == CONTACTS


def test_what_is_open_without_signing_in_is_said_here():
    """Behind the gate nobody acts: these pages answer by themselves or by a signed address."""
    found = {
        name
        for path, name, view in pages()
        if not path.startswith(GATE) and getattr(view, "login_required", True) is False
    }

    assert found == OPEN
