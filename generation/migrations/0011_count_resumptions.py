"""How often the rest of a step was sent again by itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the count."""

    dependencies = [("generation", "0010_remember_what_was_adopted")]

    operations = [
        migrations.AddField("generationstep", "resumed", models.IntegerField(default=0, db_default=0)),
    ]
