"""The pages that bench/pages.py asks for, and what each may cost.

`{account}`, `{job}` and the like stand for one of the rows that the reader sees.
"""

from __future__ import annotations

from dataclasses import dataclass

from _sums import LISTS, SINGLE, SUMS

FAST, OTHER = 50, 200  # milliseconds at p95: home, account, lists, search; every other page
ON_LISTS, ON_SUMS = 1.2, 2.0  # what the wall may cost
NOT_COMPARED = 0.0  # its function is nobody's but the reader's: bench/search.py compares it


@dataclass(frozen=True)
class Look:
    """A page by its name, its address, its budget, and what the wall may cost there."""

    name: str
    address: str
    budget: int = OTHER
    may_cost: float = ON_LISTS

    @property
    def kind(self) -> str:
        """Whether it adds up, tells of one thing, or lists many."""
        if self.may_cost == ON_SUMS:
            return SUMS
        return SINGLE if "{" in self.address else LISTS


LOOK = (
    Look("home", "/", FAST),
    Look("home, mine", "/mine/"),
    Look("home, under me", "/balls/under/"),
    Look("balls", "/balls/"),
    Look("palette", "/search/palette/?q=月影自動車012", FAST, NOT_COMPARED),
    Look("palette, a job by number", "/search/palette/?q={number}", FAST, NOT_COMPARED),
    Look("search", "/search/?q=月影", FAST, NOT_COMPARED),
    Look("account list", "/accounts/", FAST),
    Look("account list, mine", "/accounts/?team=mine", FAST),
    Look("account list, active", "/accounts/?status=active", FAST),
    Look("account list, as a tree", "/accounts/?tree=1", FAST),
    Look("account list, largest", "/accounts/?sort=-revenue", FAST, ON_SUMS),
    Look("account list, by name", "/accounts/?q=月影自動車", FAST),
    Look("account list, by reading", "/accounts/?q=つきかげ", FAST),
    Look("account", "/accounts/{account}/", FAST),
    Look("account's people", "/accounts/{account}/people/"),
    Look("account's book", "/accounts/{account}/book/"),
    Look("account's money", "/accounts/{account}/money/"),
    Look("account's history", "/accounts/{account}/history/"),
    Look("companies", "/companies/", FAST),
    Look("colleagues", "/people/list/", FAST),
    Look("handovers", "/handovers/"),
    Look("home, its figures", "/figures/", OTHER, ON_SUMS),
    Look("home, targets of offices", "/targets/", OTHER, ON_SUMS),
    Look("portfolio", "/portfolio/", OTHER, ON_SUMS),
    Look("portfolio, mine", "/portfolio/?whose=mine", OTHER, ON_SUMS),
    Look("portfolio, of an account", "/portfolio/?whose=account:{account}", OTHER, ON_SUMS),
    Look("portfolio, of a client", "/portfolio/?whose=company:{family}", OTHER, ON_SUMS),
    Look("portfolio, its workbook", "/portfolio/portfolio.xlsx?whose=mine", OTHER, ON_SUMS),
    Look("requests", "/requests/", FAST),
    Look("requests, settled", "/requests/?view=closed", FAST),
    Look("account's requests", "/accounts/{account}/requests/"),
    Look("account's mail", "/accounts/{account}/mail-in/"),
    Look("request", "/requests/{request}/"),
    Look("request, to record", "/accounts/{account}/requests/new/"),
    Look("request, to accept", "/requests/{request}/accept/"),
    Look("request, to ask back", "/requests/{request}/ask-back/"),
    Look("request, to decline", "/requests/{request}/decline/"),
    Look("request, to brief", "/requests/{request}/brief/"),
    Look("briefs", "/briefs/", FAST),
    Look("briefs, settled", "/briefs/?settled=1", FAST),
    Look("account's briefs", "/accounts/{account}/briefs/"),
    Look("brief, being written", "/briefs/{brief}/"),
    Look("brief, accepted", "/briefs/{accepted}/"),
    Look("brief, a version", "/briefs/{accepted}/versions/1/"),
    Look("brief, a version's PDF", "/briefs/{accepted}/versions/1/pdf/"),
    Look("brief, to begin", "/accounts/{account}/briefs/new/"),
    Look("brief, to write", "/briefs/{section_of}/sections/{section}/"),
    Look("brief, to release", "/briefs/{brief}/release/"),
    Look("brief, a note", "/briefs/{brief}/notes/new/"),
    Look("brief, its direction", "/briefs/{brief}/direction/"),
    Look("brief, to object", "/briefs/{brief}/objections/new/"),
    Look("brief, its lead", "/briefs/{brief}/lead/"),
    Look("brief, to drop", "/briefs/{brief}/drop/"),
    Look("brief, to open a job", "/briefs/{accepted}/job/"),
    Look("brief templates", "/briefs/templates/"),
    Look("approvals", "/approvals/", FAST),
    Look("approval", "/approvals/{circulation}/"),
    Look("jobs", "/jobs/", FAST),
    Look("jobs, by number", "/jobs/?sort=number", FAST),
    Look("jobs, late", "/jobs/?late=1", FAST),
    Look("jobs, mine", "/jobs/?whose=mine", FAST),
    Look("jobs, of my accounts", "/jobs/?whose=accounts", FAST),
    Look("jobs, by title", "/jobs/?q=POP", FAST),
    Look("jobs, nothing called so", "/jobs/?q=どこにもない", FAST),
    Look("board", "/jobs/board/"),
    Look("board, mine", "/jobs/board/?whose=mine"),
    Look("board, more of a column", "/jobs/board/in_production/"),
    Look("month", "/jobs/month/"),
    Look("month, mine", "/jobs/month/?whose=mine"),
    Look("account's jobs", "/accounts/{account}/jobs/"),
    Look("job", "/jobs/{job}/"),
    Look("job, its brief", "/jobs/{briefed}/brief/"),
    Look("job, to open", "/jobs/new/"),
    Look("job, to edit", "/jobs/{job}/edit/"),
    Look("job, to move", "/jobs/{job}/move/production/"),
    Look("job, to show", "/jobs/{job}/show/"),
    Look("job, shown to the client", "/reviews/{review}/"),
    Look("job, a change", "/jobs/{job}/change/"),
    Look("job, from a template", "/jobs/{job}/template/"),
    Look("job, a new task", "/jobs/{job}/tasks/new/"),
    Look("job, a task", "/jobs/{task_of}/tasks/{task}/"),
    Look("job templates", "/jobs/templates/"),
    Look("job numbers", "/jobs/numbers/"),
)
