from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_privacy")]

    operations = [
        migrations.AddField(
            model_name="retentionrun",
            name="addresses",
            field=ArrayField(
                base_field=models.CharField(max_length=320), db_default=[], default=list, size=None
            ),
        )
    ]
