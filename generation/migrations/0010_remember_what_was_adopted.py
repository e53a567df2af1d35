"""Remember stars and boards of adopted pictures, and which albums the boards became."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("albums", "0001_initial"), ("generation", "0009_add_source_uploads")]

    operations = [
        migrations.CreateModel(
            name="AdoptedImage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("server", models.TextField()),
                ("invoke_id", models.TextField()),
                ("starred", models.BooleanField(default=False)),
                ("board_id", models.TextField(blank=True, default="")),
            ],
            options={
                "db_table": "adopted_images",
                "constraints": [
                    models.UniqueConstraint(fields=("server", "invoke_id"), name="adopted_images_are_known_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="AdoptedBoard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("server", models.TextField()),
                ("board_id", models.TextField()),
                (
                    "album",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="albums.album",
                    ),
                ),
            ],
            options={
                "db_table": "adopted_boards",
                "constraints": [
                    models.UniqueConstraint(fields=("server", "board_id"), name="adopted_boards_are_known_once")
                ],
            },
        ),
    ]
