"""Keep which items of a step the owner cancelled one by one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("generation", "0007_fill_last_activity"),
    ]

    operations = [
        migrations.AddField(
            model_name="generationstep",
            name="skipped_items",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
