"""Remember what each server can do."""


import lib.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('models_catalog', '0002_add_catalogue_sync'),
    ]

    operations = [
        migrations.CreateModel(
            name='ServerAbilities',
            fields=[
                ('server', models.TextField(primary_key=True, serialize=False)),
                ('version', models.TextField()),
                ('node_types', models.JSONField(default=list)),
                ('learnt_at', models.DateTimeField(default=lib.clock.now)),
            ],
            options={
                'verbose_name_plural': 'abilities of servers',
                'db_table': 'server_abilities',
            },
        ),
    ]
