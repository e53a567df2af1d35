"""Read what the pictures that are here already have in common, and the words they are found by."""

from django.db import migrations

from photos.tags import keywords_in
from photos.searching.traits import traits_of
from photos.searching.wording import search_words

BATCH = 500
SILENT = {"seed", "sampler"}


def fill(apps, schema_editor):
    Photo = apps.get_model("photos", "Photo")
    ids = list(Photo.objects.filter(purged_at=None).values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        fill_some(apps, list(Photo.objects.filter(pk__in=ids[start : start + BATCH])))


def fill_some(apps, photos):
    found = {photo.pk: found_in(photo) for photo in photos}
    known = make_traits(apps, {trait for traits in found.values() for trait in traits})
    PhotoTrait = apps.get_model("photos", "PhotoTrait")
    links = [
        PhotoTrait(photo_id=pk, trait_id=known[kind, value.casefold()])
        for pk, traits in found.items()
        for kind, value in traits
    ]
    PhotoTrait.objects.bulk_create(links, ignore_conflicts=True)
    for photo in photos:
        said = [value for kind, value in found[photo.pk] if kind not in SILENT]
        texts = (photo.title, photo.description, photo.original_name, *said)
        photo.search_words = search_words(photo.generation_prompt or "", texts)
    apps.get_model("photos", "Photo").objects.bulk_update(photos, ["search_words"])


def found_in(photo):
    tags = [("tag", word) for word in keywords_in(photo.metadata)]
    return traits_of(photo.generation_params, photo.metadata, photo.model_name) + tags


def make_traits(apps, found):
    Trait = apps.get_model("photos", "Trait")
    traits = [Trait(kind=kind, value=value, folded=value.casefold()) for kind, value in sorted(found)]
    Trait.objects.bulk_create(traits, ignore_conflicts=True)
    names = {value.casefold() for _, value in found}
    rows = Trait.objects.filter(folded__in=names).values_list("kind", "folded", "pk")
    return {(kind, folded): pk for kind, folded, pk in rows}


def empty(apps, schema_editor):
    apps.get_model("photos", "PhotoTrait").objects.all().delete()
    apps.get_model("photos", "Trait").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("photos", "0004_add_search_words_and_traits")]

    operations = [migrations.RunPython(fill, empty)]
