from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("traffic", "0004_reviews")]
    operations: ClassVar = [
        migrations.AlterModelOptions(name="dependency", options={"verbose_name": "order of tasks"}),
    ]
