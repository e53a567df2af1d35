"""Remember what each server calls the pictures that were sent to it."""

import django.db.models.deletion
from django.db import migrations, models

import lib.clock


class Migration(migrations.Migration):
    dependencies = [
        ("generation", "0008_add_skipped_items"),
    ]

    operations = [
        migrations.CreateModel(
            name="SourceUpload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("server", models.TextField()),
                ("image_name", models.TextField()),
                ("uploaded_at", models.DateTimeField(default=lib.clock.now)),
                (
                    "photo",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="photos.photo"),
                ),
            ],
            options={
                "db_table": "source_uploads",
                "constraints": [
                    models.UniqueConstraint(fields=("server", "photo"), name="source_uploads_are_sent_once")
                ],
            },
        ),
    ]
