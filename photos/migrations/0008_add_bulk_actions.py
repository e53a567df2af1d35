import django.core.serializers.json
import django.db.models.deletion
import lib.clock
import lib.database
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("photos", "0007_add_imported_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkAction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=lib.database.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("verb", models.TextField()),
                ("value", models.TextField(blank=True, default="")),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("running", "Under way"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                            ("failed", "Failed"),
                            ("undoing", "Being undone"),
                            ("undone", "Undone"),
                        ],
                        default="running",
                    ),
                ),
                ("reason", models.TextField(blank=True, default="")),
                ("total", models.IntegerField(default=0)),
                ("done", models.IntegerField(default=0)),
                ("changed", models.IntegerField(default=0)),
                ("size", models.BigIntegerField(default=0)),
                ("cancel_requested", models.BooleanField(default=False)),
                ("attempts", models.SmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=lib.clock.now)),
            ],
            options={
                "db_table": "bulk_actions",
            },
        ),
        migrations.CreateModel(
            name="BulkPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("photos", models.JSONField()),
                ("before", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("is_done", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "bulk_action_parts",
            },
        ),
        migrations.AddIndex(
            model_name="bulkaction",
            index=models.Index(
                condition=models.Q(("state__in", ["running", "undoing"])),
                fields=["created_at"],
                name="idx_bulk_actions_at_work",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulkaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["running", "done", "cancelled", "failed", "undoing", "undone"])),
                name="bulk_actions_state_is_known",
            ),
        ),
        migrations.AddField(
            model_name="bulkpart",
            name="action",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="parts",
                to="photos.bulkaction",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulkpart",
            constraint=models.UniqueConstraint(fields=("action", "number"), name="bulk_action_parts_have_an_order"),
        ),
    ]
