"""Let steps that were asked for at one go say that they belong together."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the two columns and their index."""

    dependencies = [("generation", "0004_add_repeats")]

    operations = [
        migrations.AddField(
            model_name="generationstep",
            name="sweep",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="generationstep",
            name="sweep_cell",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddIndex(
            model_name="generationstep",
            index=models.Index(
                condition=models.Q(("sweep__isnull", False)), fields=["sweep"], name="idx_generation_steps_sweep"
            ),
        ),
    ]
