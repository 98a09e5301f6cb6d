"""Commitments, competitors, categories and the agency's rule: the conflicts officer's own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kakehashi.base.text import one_line
from kakehashi.clients.web.answers import Page, answer
from kakehashi.conflicts import actions
from kakehashi.conflicts.models import (
    CategoryPair,
    Commitment,
    MediaAdjacency,
    Rivalry,
    Scheme,
)
from kakehashi.conflicts.queries import changed, checks, lists, ruling
from kakehashi.conflicts.web import promise_forms as forms
from kakehashi.conflicts.web.walls import for_officers
from kakehashi.ui.formats import reader_name
from kakehashi.ui.trees import Branch

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kakehashi.conflicts.models import Category, Recheck
    from kakehashi.conflicts.queries.lists import Shelf


def _back_to(name: str, title: str, said: str, **how: Any) -> Page:
    """A page of one form that comes from a list of these."""
    lists_of = {
        "commitments": _("Commitments"),
        "competitors": _("Competitors"),
        "categories": _("Categories"),
    }
    address = reverse(f"conflicts:{name}")
    return Page(title=title, submit=said, back=address, crumbs=[(lists_of[name], address)], **how)


# Commitments


@for_officers
@require_safe
def commitment_list(request: HttpRequest) -> HttpResponse:
    q, withdrawn = one_line(request.GET.get("q", "")), request.GET.get("state") == "withdrawn"
    shown = {
        "q": q,
        "unruled": ruling.is_open(),
        "withdrawn": withdrawn,
        "rows": lists.commitments(q, localdate(), withdrawn=withdrawn),
        "rules": list(lists.media_rules()),
    }
    return render(request, "conflicts/commitments.html", shown)


@for_officers
@require_safe
def commitment(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(lists.described(Commitment.objects.all()), pk=pk)
    today = localdate()
    shown = {
        "row": lists.standing(found, today),
        "commitment": found,
        "consents": checks.consents_to(found),
        "today": today,
    }
    return render(request, "conflicts/commitment.html", shown)


@for_officers
def note_commitment(request: HttpRequest) -> HttpResponse:
    made: list[Commitment] = []

    def act(data: dict[str, Any]) -> None:
        made.append(actions.note_commitment(by=request.person, at=now(), **data))

    return answer(
        request,
        _back_to("commitments", _("New commitment"), _("Note it")),
        forms.NoteCommitmentForm(request.POST or None),
        act,
        lambda: (reverse("conflicts:commitment", args=[made[0].pk]), _("Noted.")),
    )


@for_officers
def edit_commitment(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Commitment, pk=pk, withdrawn_at=None)
    here = reverse("conflicts:commitment", args=[pk])
    page = _back_to("commitments", _("Edit the commitment"), _("Save"))
    page.back = here
    page.crumbs.append((found.code, here))

    def act(data: dict[str, Any]) -> None:
        actions.edit_commitment(commitment=found, by=request.person, **data)

    form = forms.EditCommitmentForm(request.POST or None, row=found)
    return answer(request, page, form, act, lambda: (here, _("Saved.")))


@for_officers
def withdraw_commitment(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Commitment, pk=pk, withdrawn_at=None)
    here = reverse("conflicts:commitment", args=[pk])
    page = _back_to(
        "commitments",
        _("Withdraw the commitment"),
        _("Withdraw it"),
        lead=_("It binds nobody any more and stays on file, with the reason."),
        kind="danger",
    )
    page.back = here
    page.crumbs.append((found.code, here))

    def act(data: dict[str, Any]) -> None:
        actions.withdraw_commitment(commitment=found, by=request.person, at=now(), **data)

    form = forms.WithdrawForm(request.POST or None)
    return answer(request, page, form, act, lambda: (here, _("Withdrawn.")))


@for_officers
def note_media_rule(request: HttpRequest) -> HttpResponse:
    page = _back_to(
        "commitments",
        _("Keep apart in one programme"),
        _("Note it"),
        lead=_("For those who buy media. No check of a client reads it."),
    )

    def act(data: dict[str, Any]) -> None:
        actions.note_media_rule(by=request.person, at=now(), **data)

    form = forms.MediaRuleForm(request.POST or None, today=localdate())
    return answer(request, page, form, act, lambda: (page.back, _("Noted.")))


@for_officers
@require_POST
def remove_media_rule(request: HttpRequest, pk: UUID) -> HttpResponse:
    actions.remove_media_rule(rule=get_object_or_404(MediaAdjacency, pk=pk), by=request.person)
    messages.success(request, _("Removed."))
    return redirect("conflicts:commitments")


# Competitors


@for_officers
@require_safe
def competitor_list(request: HttpRequest) -> HttpResponse:
    q = one_line(request.GET.get("q", ""))
    return render(request, "conflicts/competitors.html", {"q": q, "rows": lists.rivalries(q)})


@for_officers
def declare_rivalry(request: HttpRequest) -> HttpResponse:
    page = _back_to("competitors", _("Declare competitors"), _("Declare"))

    def act(data: dict[str, Any]) -> None:
        actions.declare_rivalry(by=request.person, at=now(), **data)

    form = forms.RivalryForm(request.POST or None)
    return answer(request, page, form, act, lambda: (page.back, _("Declared.")))


@for_officers
def edit_rivalry(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Rivalry, pk=pk)
    sides = {"one": found.one_name, "other": found.other_name}
    page = _back_to(
        "competitors",
        _("The pair %(one)s and %(other)s") % sides,
        _("Save"),
        template="conflicts/rivalry.html",
        context={"rivalry": found},
    )

    def act(data: dict[str, Any]) -> None:
        actions.edit_rivalry(rivalry=found, by=request.person, **data)

    form = forms.EditRivalryForm(request.POST or None, row=found)
    return answer(request, page, form, act, lambda: (page.back, _("Saved.")))


@for_officers
@require_POST
def take_back_rivalry(request: HttpRequest, pk: UUID) -> HttpResponse:
    actions.take_back_rivalry(rivalry=get_object_or_404(Rivalry, pk=pk), by=request.person)
    messages.success(request, _("Taken back: market and family decide."))
    return redirect("conflicts:competitors")


# Categories


@for_officers
@require_safe
def category_list(request: HttpRequest) -> HttpResponse:
    q, asked = one_line(request.GET.get("q", "")), request.GET.get("scheme", "")
    schemes = list(Scheme.objects.order_by("code"))
    current = next((one for one in schemes if one.code == asked), schemes[0] if schemes else None)
    shelf = lists.shelf(current) if current else None
    shown = {
        "q": q,
        "found": lists.called(q) if q else [],
        "schemes": schemes,
        "shelf": shelf,
        "tree": [_branch(shelf, top) for top in shelf.tops] if shelf else [],
        "words": lists.unplaced_words() if schemes else [],
        "pairs": list(lists.declared_pairs()),
        "links": list(lists.links()),
    }
    return render(request, "conflicts/categories.html", shown)


def _branch(shelf: Shelf, category: Category) -> Branch:
    below = shelf.below.get(category.pk, ())
    children = [_branch(shelf, child) for child in below]
    return Branch(reader_name(category), note=category.code, children=children)


@for_officers
@require_POST
def plant(request: HttpRequest) -> HttpResponse:
    actions.plant_starter_tree(by=request.person)
    messages.success(request, _("The tree stands."))
    return redirect("conflicts:categories")


@for_officers
def place_word(request: HttpRequest) -> HttpResponse:
    page = _back_to("categories", _("What a word means"), _("Save"))

    def act(data: dict[str, Any]) -> None:
        actions.place_word(by=request.person, **data)

    form = forms.WordForm(request.POST or None, initial={"word": request.GET.get("word", "")})
    return answer(request, page, form, act, lambda: (page.back, _("Saved.")))


@for_officers
def declare_pair(request: HttpRequest) -> HttpResponse:
    page = _back_to(
        "categories",
        _("Declare a pair"),
        _("Declare"),
        lead=_("It holds for the two and all below them, whatever their places in the tree say."),
    )

    def act(data: dict[str, Any]) -> None:
        actions.declare_pair(by=request.person, at=now(), **data)

    form = forms.PairForm(request.POST or None)
    return answer(request, page, form, act, lambda: (page.back, _("Declared.")))


@for_officers
def mark_broad(request: HttpRequest) -> HttpResponse:
    page = _back_to(
        "categories",
        _("Too broad to compare"),
        _("Mark it"),
        lead=_(
            "A sector in which many clients stand who sell different things. That two of them stand"
            " in it makes them no rivals, and one person may serve both. Categories below it are"
            " compared as before, and a promise about it holds."
        ),
    )

    def act(data: dict[str, Any]) -> None:
        actions.mark_broad(by=request.person, at=now(), **data)

    initial = {"category": request.GET.get("category", "")}
    form = forms.BroadForm(request.POST or None, initial=initial)
    return answer(request, page, form, act, lambda: (page.back, _("Marked.")))


@for_officers
@require_POST
def take_back_pair(request: HttpRequest, pk: UUID) -> HttpResponse:
    actions.take_back_pair(pair=get_object_or_404(CategoryPair, pk=pk), by=request.person)
    messages.success(request, _("Taken back: their places in the tree decide."))
    return redirect("conflicts:categories")


@for_officers
def link_categories(request: HttpRequest) -> HttpResponse:
    page = _back_to("categories", _("Link two schemes"), _("Link"))

    def act(data: dict[str, Any]) -> None:
        actions.link_categories(by=request.person, **data)

    form = forms.LinkForm(request.POST or None)
    return answer(request, page, form, act, lambda: (page.back, _("Linked.")))


@for_officers
@require_safe
def find_categories(request: HttpRequest) -> HttpResponse:
    """Suggestions while one types."""
    q = one_line(str(next(iter(request.GET.values()), "")))
    found = lists.called(q)[:12] if q else []
    options = [f"{hit.category.scheme.code}:{hit.category.code}" for hit in found]
    labels = [" › ".join(map(reader_name, hit.way)) for hit in found]
    return render(
        request, "conflicts/options.html", {"options": list(zip(options, labels, strict=True))}
    )


# The agency's rule


@for_officers
def policy(request: HttpRequest) -> HttpResponse:
    found, latest = ruling.current(), changed.latest_recheck()
    revisions, has_more = ruling.revisions()
    here = reverse("conflicts:policy")
    if request.headers.get("HX-Request") and request.method == "GET":
        return _how_far(request, latest)
    page = Page(
        title=_("Rule of the agency"),
        submit=_("Save"),
        back=reverse("conflicts:commitments"),
        crumbs=[(_("Commitments"), reverse("conflicts:commitments"))],
        lead=_(
            "What follows where nothing is written down. A written clause is judged by the strict"
            " row in either mode, unless it names safeguards itself."
        ),
        template="conflicts/rule.html",
        context={
            "policy": found,
            "revisions": revisions,
            "has_more": has_more,
            "recheck": latest,
            "awaits_recheck": changed.awaits_recheck(latest, now()),
        },
    )

    def act(data: dict[str, Any]) -> None:
        actions.set_policy(by=request.person, at=now(), **data)

    form = forms.PolicyForm(request.POST or None, policy=found or ruling.proposal())
    return answer(request, page, form, act, lambda: (here, _("Saved.")))


def _how_far(request: HttpRequest, latest: Recheck | None) -> HttpResponse:
    """How far all accounts are checked again; the page is asked for anew when they are."""
    told = render(request, "conflicts/rule.html#progress", {"recheck": latest})
    if latest is None or latest.finished_at:
        told["HX-Refresh"] = "true"
    return told
