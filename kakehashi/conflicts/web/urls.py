"""Addresses of what the wall says about itself."""

from __future__ import annotations

from django.urls import path

from kakehashi.conflicts.web import checks, promises, staffing, views, walls

app_name = "conflicts"
urlpatterns = [
    path("accounts/<uuid:pk>/who-sees/", views.who_sees, name="who-sees"),
    path("accounts/<uuid:pk>/staffing/", staffing.staffing, name="staffing"),
    path("accounts/<uuid:pk>/staffing/permit/", staffing.permit, name="permit"),
    path("staffing/permits/<uuid:pk>/withdraw/", staffing.withdraw_permit, name="withdraw-permit"),
    path("accounts/<uuid:pk>/check/", checks.ask, name="ask-check"),
    path("checks/", checks.register, name="register"),
    path("checks/<uuid:pk>/", checks.check, name="check"),
    path("checks/<uuid:pk>/decide/", checks.decide_all, name="decide-all"),
    path("checks/<uuid:pk>/memo.pdf", checks.memo, name="memo"),
    path("checks/hits/<uuid:pk>/decide/", checks.decide, name="decide"),
    path("consents/<uuid:pk>/", checks.consent, name="consent"),
    path("commitments/", promises.commitment_list, name="commitments"),
    path("commitments/new/", promises.note_commitment, name="note-commitment"),
    path("commitments/<uuid:pk>/", promises.commitment, name="commitment"),
    path("commitments/<uuid:pk>/edit/", promises.edit_commitment, name="edit-commitment"),
    path(
        "commitments/<uuid:pk>/withdraw/", promises.withdraw_commitment, name="withdraw-commitment"
    ),
    path("commitments/programmes/new/", promises.note_media_rule, name="note-media-rule"),
    path(
        "commitments/programmes/<uuid:pk>/remove/",
        promises.remove_media_rule,
        name="remove-media-rule",
    ),
    path("competitors/", promises.competitor_list, name="competitors"),
    path("competitors/new/", promises.declare_rivalry, name="declare-rivalry"),
    path("competitors/<uuid:pk>/edit/", promises.edit_rivalry, name="edit-rivalry"),
    path("competitors/<uuid:pk>/remove/", promises.take_back_rivalry, name="take-back-rivalry"),
    path("categories/", promises.category_list, name="categories"),
    path("categories/plant/", promises.plant, name="plant"),
    path("categories/find/", promises.find_categories, name="find-categories"),
    path("categories/words/", promises.place_word, name="place-word"),
    path("categories/broad/new/", promises.mark_broad, name="mark-broad"),
    path("categories/pairs/new/", promises.declare_pair, name="declare-pair"),
    path("categories/pairs/<uuid:pk>/remove/", promises.take_back_pair, name="take-back-pair"),
    path("categories/links/new/", promises.link_categories, name="link-categories"),
    path("commitments/rule/", promises.policy, name="policy"),
    path("walls/", walls.wall_list, name="walls"),
    path("walls/new/", walls.raise_wall, name="raise-wall"),
    path("walls/<uuid:pk>/", walls.wall, name="wall"),
    path("walls/<uuid:pk>/lift/", walls.lift, name="lift-wall"),
    path("walls/<uuid:pk>/exceptions/new/", walls.exempt, name="exempt"),
    path("walls/<uuid:pk>/report/", walls.report, name="report"),
    path("walls/<uuid:pk>/report.xlsx", walls.report_file, name="report-file"),
    path("walls/<uuid:pk>/report.pdf", walls.report_paper, name="report-paper"),
    path(
        "walls/exceptions/<uuid:pk>/withdraw/", walls.withdraw_exemption, name="withdraw-exemption"
    ),
    path("walls/notices/<uuid:pk>/", walls.notice, name="notice"),
    path("walls/rules/<uuid:pk>/remove/", walls.remove_from_side, name="remove-from-side"),
    path("walls/sides/<uuid:pk>/add/", walls.add_to_side, name="add-to-side"),
]
