from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_imports")]

    operations = [
        migrations.AlterField(
            model_name="import",
            name="state",
            field=models.CharField(
                choices=[
                    ("shown", "nog niet ingevoerd"),
                    ("running", "bezig"),
                    ("paused", "onderbroken"),
                    ("done", "klaar"),
                    ("cancelled", "niet ingevoerd"),
                    ("withdrawn", "weggehaald"),
                    ("undoing", "wordt ongedaan gemaakt"),
                    ("undone", "ongedaan gemaakt"),
                ],
                default="shown",
                max_length=10,
            ),
        )
    ]
