"""Addresses of briefs: the list, one brief, its sections and versions, and each act."""

from __future__ import annotations

from django.urls import path

from kakehashi.briefs.web.views import acts, beside, briefs, sections, templates

app_name = "briefs"

urlpatterns = [
    path("briefs/", briefs.brief_list, name="list"),
    path("accounts/<uuid:pk>/briefs/", briefs.of_account, name="of-account"),
    path("accounts/<uuid:pk>/briefs/new/", acts.begin, name="begin"),
    path("requests/<uuid:pk>/brief/", acts.begin_from, name="begin-from"),
    path("briefs/templates/", templates.template_list, name="templates"),
    path("briefs/templates/new/", templates.make, name="make-template"),
    path("briefs/templates/<uuid:pk>/", templates.template, name="template"),
    path("briefs/templates/<uuid:pk>/sections/new/", templates.add, name="add-section"),
    path("briefs/templates/<uuid:pk>/retire/", templates.retire, name="retire-template"),
    path(
        "briefs/templates/<uuid:pk>/sections/<uuid:section_pk>/",
        templates.edit,
        name="edit-section",
    ),
    path(
        "briefs/templates/<uuid:pk>/sections/<uuid:section_pk>/remove/",
        templates.remove,
        name="remove-section",
    ),
    path("briefs/<uuid:pk>/", briefs.brief, name="brief"),
    path("briefs/<uuid:pk>/share/", acts.share, name="share"),
    path("briefs/<uuid:pk>/filled-in/", acts.hand_back, name="hand-back"),
    path("briefs/<uuid:pk>/release/", acts.release, name="release"),
    path("briefs/<uuid:pk>/send/", acts.send_to_client, name="send"),
    path("briefs/<uuid:pk>/lead/", acts.lead_on, name="lead-on"),
    path("briefs/<uuid:pk>/drop/", acts.drop, name="drop"),
    path("briefs/<uuid:pk>/end-here/", acts.end_here, name="end-here"),
    path("briefs/<uuid:pk>/versions/<int:number>/", briefs.version, name="version"),
    path("briefs/<uuid:pk>/versions/<int:number>/pdf/", briefs.pdf, name="pdf"),
    path("briefs/<uuid:pk>/notes/new/", beside.note, name="note"),
    path("briefs/<uuid:pk>/direction/", beside.direct, name="direct"),
    path("briefs/<uuid:pk>/objections/new/", beside.object_to, name="object"),
    path(
        "briefs/<uuid:pk>/objections/<uuid:objection_pk>/answer/",
        beside.answer_objection,
        name="answer-objection",
    ),
    path(
        "briefs/<uuid:pk>/objections/<uuid:objection_pk>/again/",
        beside.ask_again,
        name="ask-again",
    ),
    path(
        "briefs/<uuid:pk>/objections/<uuid:objection_pk>/resolve/",
        beside.resolve,
        name="resolve-objection",
    ),
    path("briefs/<uuid:pk>/sections/<uuid:section_pk>/", sections.write, name="write"),
    path("briefs/<uuid:pk>/sections/<uuid:section_pk>/comment/", sections.comment, name="comment"),
    path("briefs/<uuid:pk>/sections/<uuid:section_pk>/say/", sections.say, name="say"),
]
