from django.db import migrations
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Coalesce


def fill(apps, schema_editor):
    """A session was last active when its last step was asked for, else when it began."""
    session, step = apps.get_model("generation", "GenerationSession"), apps.get_model("generation", "GenerationStep")
    steps = step.objects.filter(session=OuterRef("pk")).order_by().values("session")
    latest = Subquery(steps.annotate(latest=Max("created_at")).values("latest"))
    session.objects.update(last_active_at=Coalesce(latest, "started_at"))


class Migration(migrations.Migration):
    dependencies = [("generation", "0006_add_word_lists_and_session_names")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
