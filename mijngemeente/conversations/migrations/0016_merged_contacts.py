from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0015_understood")]

    operations = [
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                fields=["organisation", "merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="contact_merged",
            ),
        )
    ]
