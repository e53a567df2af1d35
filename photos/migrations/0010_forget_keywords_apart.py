from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("photos", "0009_turn_keywords_into_tags")]

    operations = [
        migrations.RemoveConstraint(
            model_name="trait",
            name="traits_have_a_known_kind",
        ),
        migrations.AlterField(
            model_name="trait",
            name="kind",
            field=models.TextField(
                choices=[
                    ("model", "Model"),
                    ("lora", "LoRA"),
                    ("sampler", "Sampler"),
                    ("seed", "Seed"),
                    ("generator", "Generator"),
                    ("camera", "Camera"),
                    ("lens", "Lens"),
                    ("tag", "Tag"),
                ]
            ),
        ),
        migrations.AddConstraint(
            model_name="trait",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["model", "lora", "sampler", "seed", "generator", "camera", "lens", "tag"])
                ),
                name="traits_have_a_known_kind",
            ),
        ),
    ]
