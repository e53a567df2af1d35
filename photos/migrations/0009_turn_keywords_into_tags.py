"""What files called keywords are tags from now on, so that the owner can take them away."""

from django.db import migrations


def turn(apps, schema_editor):
    Trait, PhotoTrait = apps.get_model("photos", "Trait"), apps.get_model("photos", "PhotoTrait")
    for keyword in Trait.objects.filter(kind="keyword"):
        tag = Trait.objects.filter(kind="tag", folded=keyword.folded).first()
        if tag is None:
            Trait.objects.filter(pk=keyword.pk).update(kind="tag")
            continue
        tagged = PhotoTrait.objects.filter(trait=tag).values("photo")
        PhotoTrait.objects.filter(trait=keyword).exclude(photo__in=tagged).update(trait=tag)
        keyword.delete()


class Migration(migrations.Migration):
    dependencies = [("photos", "0008_add_bulk_actions")]

    operations = [migrations.RunPython(turn, migrations.RunPython.noop)]
