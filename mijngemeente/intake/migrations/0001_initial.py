import django.db.models.deletion
import django.utils.timezone
import mijngemeente.platform.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Payload',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('digest', models.BinaryField(max_length=32)),
                ('body', models.BinaryField()),
                ('size_bytes', models.BigIntegerField()),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('state', models.CharField(choices=[('kept', 'wacht op verwerking'), ('taken_in', 'verwerkt'), ('unreadable', 'onleesbaar')], default='kept', max_length=10)),
                ('attempts', models.IntegerField(default=0)),
                ('problem', models.TextField(blank=True)),
                ('conversation_id', models.UUIDField(null=True)),
                ('message_id', models.UUIDField(null=True)),
                ('inbox', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.inboxaddress')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'taken_in'), _negated=True), fields=['organisation', 'received_at'], name='payload_unfinished'), models.Index(condition=models.Q(('conversation_id__isnull', False), models.Q(('state', 'taken_in'), _negated=True)), fields=['organisation', 'conversation_id'], name='payload_awaited')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'inbox', 'digest'), name='one_payload_per_content')],
            },
        ),
        migrations.CreateModel(
            name='SenderTally',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('sender', models.BinaryField(max_length=32)),
                ('since', models.DateTimeField()),
                ('count', models.IntegerField(default=1)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'since'], name='tally_age')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'sender', 'since'), name='one_tally_per_sender')],
            },
        ),
    ]
