"""Indexes for what few pictures answer; and no more one by model, which has been a trait since searches know them."""

from django.db import migrations, models
from django.db.models import Q

VISIBLE = Q(deleted_at=None, retrieval_status="completed")


class Migration(migrations.Migration):
    dependencies = [("photos", "0012_index_names_and_ratings")]

    operations = [
        migrations.RemoveIndex(model_name="photo", name="idx_photos_by_model"),
        migrations.RemoveIndex(model_name="photo", name="idx_photos_timeline"),
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(
                fields=["-taken_at", "-id", "width", "height"],
                condition=VISIBLE,
                name="idx_photos_timeline",
            ),
        ),
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(
                fields=["-taken_at", "-id", "source_image"],
                condition=VISIBLE & Q(source_image__isnull=False),
                name="idx_photos_with_parent",
            ),
        ),
    ]
