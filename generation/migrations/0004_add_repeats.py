"""Let a step say which one it runs again, and an alternative how far it is from the first picture."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("generation", "0003_add_other_names"),
        ("photos", "0012_index_names_and_ratings"),
    ]

    operations = [
        migrations.AddField(
            model_name="generationstep",
            name="repeats",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="repetitions",
                to="generation.generationstep",
            ),
        ),
        migrations.AddField(
            model_name="stepalternative",
            name="compared_with",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="photos.photo"
            ),
        ),
        migrations.AddField(
            model_name="stepalternative",
            name="difference",
            field=models.JSONField(blank=True, null=True),
        ),
    ]
