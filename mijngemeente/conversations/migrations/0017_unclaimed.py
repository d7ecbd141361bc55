from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0016_merged_contacts")]

    operations = [
        migrations.AlterField(
            model_name="notification",
            name="kind",
            field=models.CharField(
                choices=[
                    ("named", "Iemand noemt mij in een notitie"),
                    ("assigned", "Ik krijg een gesprek"),
                    ("followed", "De inwoner schrijft in een gesprek dat ik volg"),
                    ("due", "De tijd voor een antwoord is bijna om"),
                    ("unclaimed", "Een gesprek van niemand is bijna te laat"),
                    ("failed", "Mijn antwoord kwam niet aan"),
                    ("reminder", "Een herinnering van mijzelf"),
                    ("woken", "Een gesprek dat ik uitstelde, is terug"),
                    ("held", "Mijn geplande antwoord wordt vastgehouden"),
                    ("asked", "Een collega vraagt mij om mee te lezen"),
                    ("returned", "Een collega geeft mijn antwoord terug"),
                    ("department", "Een afdeling antwoordt op mijn vraag"),
                ],
                max_length=12,
            ),
        )
    ]
