"""Addresses of jobs: together, one by one, their tasks, and what they are made from."""

from __future__ import annotations

from django.urls import path

from kakehashi.traffic.web.views import briefs, jobs, lists, reviews, tasks, templates

app_name = "traffic"

urlpatterns = [
    path("accounts/<uuid:pk>/jobs/", lists.account_jobs, name="account-jobs"),
    path("briefs/<uuid:pk>/job/", jobs.open_from_brief, name="open-from-brief"),
    path("jobs/", lists.job_list, name="jobs"),
    path("jobs/board/", lists.board, name="board"),
    path("jobs/board/<str:state>/", lists.column, name="column"),
    path("jobs/month/", lists.month, name="month"),
    path("jobs/new/", jobs.open_job, name="open-job"),
    path("jobs/templates/", templates.template_list, name="templates"),
    path("jobs/templates/new/", templates.make, name="make-template"),
    path("jobs/templates/<uuid:pk>/", templates.edit, name="edit-template"),
    path("jobs/templates/<uuid:pk>/close/", templates.close, name="close-template"),
    path("jobs/numbers/", templates.pattern, name="numbers"),
    path("jobs/<uuid:pk>/", jobs.job, name="job"),
    path("jobs/<uuid:pk>/brief/", briefs.brief, name="brief"),
    path("jobs/<uuid:pk>/newer-brief/", briefs.newer_brief, name="newer-brief"),
    path("jobs/<uuid:pk>/show/", reviews.show, name="show"),
    path("reviews/<uuid:pk>/", reviews.review, name="review"),
    path("jobs/<uuid:pk>/edit/", jobs.edit_job, name="edit-job"),
    path("jobs/<uuid:pk>/move/<str:line>/", jobs.move, name="move"),
    path("jobs/<uuid:pk>/change/", jobs.ask_change, name="ask-change"),
    path("jobs/<uuid:pk>/plan-back/", jobs.plan_back, name="plan-back"),
    path("jobs/<uuid:pk>/template/", tasks.use_template, name="use-template"),
    path("jobs/<uuid:pk>/tasks/new/", tasks.add, name="add-task"),
    path("jobs/<uuid:pk>/tasks/<uuid:task_pk>/", tasks.edit, name="edit-task"),
    path("jobs/<uuid:pk>/tasks/<uuid:task_pk>/begin/", tasks.begin, name="begin-task"),
    path("jobs/<uuid:pk>/tasks/<uuid:task_pk>/finish/", tasks.finish, name="finish-task"),
    path("jobs/<uuid:pk>/tasks/<uuid:task_pk>/reopen/", tasks.reopen, name="reopen-task"),
    path("jobs/<uuid:pk>/tasks/<uuid:task_pk>/remove/", tasks.remove, name="remove-task"),
]
