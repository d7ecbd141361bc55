import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='inboxhealth',
            name='direction',
            field=models.CharField(choices=[('in', 'ontvangen'), ('out', 'versturen')], default='in', max_length=3),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='inboxhealth',
            name='inbox',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.inboxaddress'),
        ),
        migrations.AddConstraint(
            model_name='inboxhealth',
            constraint=models.UniqueConstraint(fields=('organisation', 'inbox', 'direction'), name='one_health_per_direction'),
        ),
    ]
