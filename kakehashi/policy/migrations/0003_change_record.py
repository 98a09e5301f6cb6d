"""What a changed row is part of, so that a record's page finds its changes, also of rows now gone."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import F, Q

PARTS = """(VALUES
  ('clients_accountbrand', 'account_id'),
  ('clients_contact', 'account_id'),
  ('clients_seat', 'account_id'),
  ('clients_fact', 'account_id'),
  ('clients_handover', 'account_id'),
  ('traffic_review', 'job_id'),
  ('traffic_task', 'job_id'),
  ('traffic_dependency', 'job_id'),
  ('traffic_assignment', 'job_id'),
  ('briefs_direction', 'account_id'),
  ('briefs_researchnote', 'account_id'),
  ('briefs_section', 'brief_id'),
  ('briefs_citation', 'brief_id'),
  ('briefs_objection', 'brief_id'),
  ('requests_mail', 'request_id'),
  ('requests_file', 'request_id'),
  ('people_employment', 'person_id'),
  ('people_reportingline', 'person_id'),
  ('people_role', 'person_id'),
  ('people_absence', 'person_id'),
  ('people_officehours', 'office_id'),
  ('people_dayoff', 'office_id'),
  ('people_workingpattern', 'person_id'),
  ('clients_companyname', 'company_id'),
  ('clients_brand', 'company_id'),
  ('traffic_templatetask', 'template_id'),
  ('conflicts_category', 'scheme_id'),
  ('conflicts_categoryword', 'category_id'),
  ('conflicts_categorylink', 'category_id'),
  ('handoffs_keeper', 'desk_id'),
  ('briefs_templatesection', 'template_id'),
  ('conflicts_denial', 'wall_id'),
  ('conflicts_side', 'wall_id'),
  ('conflicts_siderule', 'side_id'),
  ('conflicts_member', 'wall_id'),
  ('conflicts_behind', 'wall_id'),
  ('conflicts_exemption', 'wall_id'),
  ('conflicts_commitmentcategory', 'commitment_id'),
  ('conflicts_namedcompetitor', 'commitment_id')
) AS p (source, part)"""

# Rows were written whole when they were made and when they went; in between, only what changed.
FILL_WHOLE = f"""
UPDATE policy_change c SET record = COALESCE(c.after, c.before) ->> p.part
FROM {PARTS} WHERE c.source = p.source AND c.op IN ('I', 'D')
"""
FILL_CHANGED = f"""
UPDATE policy_change c SET record = m.record
FROM {PARTS}, policy_change m
WHERE c.source = p.source AND c.op = 'U'
  AND m.source = c.source AND m.row = c.row AND m.op = 'I' AND m.record IS NOT NULL
"""


class Migration(migrations.Migration):
    atomic = False
    dependencies: ClassVar = [("policy", "0002_cache")]
    safe_because: ClassVar = {
        "RunSQL policy": "locks rows of history only, which nobody but triggers adds to",
    }
    operations: ClassVar = [
        migrations.AddField("change", "record", models.CharField(max_length=40, null=True)),
        migrations.RunSQL(FILL_WHOLE, migrations.RunSQL.noop),
        migrations.RunSQL(FILL_CHANGED, migrations.RunSQL.noop),
        AddIndexConcurrently(
            "change",
            models.Index(
                F("record"),
                F("id"),
                condition=Q(record__isnull=False),
                name="policy_change_of_record",
            ),
        ),
        AddIndexConcurrently(
            "change",
            models.Index(
                F("account_id"),
                F("id"),
                condition=Q(account_id__isnull=False),
                name="policy_change_of_account",
            ),
        ),
    ]
