import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import mijngemeente.platform.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
        ('platform', '0001_initial'),
        ('reference', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='naam')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Conversation',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.IntegerField()),
                ('subject', models.CharField(blank=True, max_length=300, verbose_name='onderwerpregel')),
                ('channel', models.CharField(max_length=20)),
                ('status', models.CharField(choices=[('open', 'open'), ('waiting_resident', 'wacht op inwoner'), ('waiting_department', 'wacht op afdeling'), ('closed', 'gesloten')], default='open', max_length=20)),
                ('kind', models.CharField(blank=True, choices=[('question', 'vraag'), ('report', 'melding'), ('complaint', 'klacht'), ('compliment', 'compliment'), ('opinion', 'mening'), ('attack', 'aanval'), ('crisis_signal', 'crisissignaal'), ('formal', 'formeel bericht'), ('spam', 'spam')], max_length=14, verbose_name='soort')),
                ('language', models.CharField(blank=True, max_length=3)),
                ('waiting_since', models.DateTimeField(null=True)),
                ('last_message_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('excerpt', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('assignee', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.member')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conversations', to='conversations.contact')),
                ('covered_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('inbox', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.inboxaddress')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('topic', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.topic')),
            ],
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reason', models.CharField(choices=[('answered', 'beantwoord'), ('unanswered', 'bewust niet beantwoord'), ('handed_over', 'overgedragen'), ('spam', 'spam')], default='answered', max_length=12, verbose_name='reden')),
                ('explanation', models.CharField(blank=True, max_length=300, verbose_name='toelichting')),
                ('reopened_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.member')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='closures', to='conversations.conversation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('last_number', models.IntegerField(default=0)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Label',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=40, verbose_name='label')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='ConversationLabel',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='labellings', to='conversations.conversation')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('label', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='labellings', to='conversations.label')),
            ],
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('handed_over_to', 'overgedragen aan'), ('handed_over_from', 'overgenomen van'), ('related', 'hoort bij')], max_length=16)),
                ('other_conversation_id', models.UUIDField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='conversations.conversation')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('other_organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('direction', models.CharField(choices=[('in', 'van de inwoner'), ('out', 'aan de inwoner'), ('note', 'notitie')], max_length=4)),
                ('is_automatic', models.BooleanField(default=False)),
                ('external_id', models.CharField(blank=True, max_length=500)),
                ('text', models.TextField(blank=True)),
                ('folded', models.TextField(blank=True)),
                ('html', models.TextField(blank=True)),
                ('recipients', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=320), default=list, size=None)),
                ('sent_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('key', models.UUIDField(null=True)),
                ('is_from_stranger', models.BooleanField(default=False)),
                ('problems', models.JSONField(default=list)),
                ('author', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.member')),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conversations.contact')),
                ('conversation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='conversations.conversation')),
                ('inbox', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.inboxaddress')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recipient_address', models.CharField(blank=True, max_length=320)),
                ('state', models.CharField(choices=[('queued', 'wordt verzonden'), ('sending', 'wordt nu verzonden'), ('sent', 'verzonden'), ('delivered', 'afgeleverd'), ('failed', 'niet verzonden'), ('uncertain', 'onzeker of het is verzonden')], default='queued', max_length=10)),
                ('attempts', models.IntegerField(default=0)),
                ('problem', models.TextField(blank=True)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('next_attempt_at', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('inbox', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.inboxaddress')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='delivery', to='conversations.message')),
            ],
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=255)),
                ('content_type', models.CharField(max_length=120)),
                ('is_inline', models.BooleanField(default=False)),
                ('content_id', models.CharField(blank=True, max_length=255)),
                ('size_bytes', models.BigIntegerField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.storedfile')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='conversations.message')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MessageReference',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('external_id', models.CharField(max_length=500)),
                ('inbox', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.inboxaddress')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='references', to='conversations.message')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='ContactAddress',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('value', models.CharField(max_length=320)),
                ('silenced_until', models.DateTimeField(null=True)),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to='conversations.contact')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'kind', 'value'), name='one_contact_per_address')],
            },
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(fields=['organisation', 'status', '-last_message_at'], name='conversation_queue'),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(condition=models.Q(('status', 'closed'), _negated=True), fields=['organisation', 'assignee', '-last_message_at'], name='conversation_mine'),
        ),
        migrations.AddConstraint(
            model_name='conversation',
            constraint=models.UniqueConstraint(fields=('organisation', 'number'), name='one_number_per_organisation'),
        ),
        migrations.AddConstraint(
            model_name='counter',
            constraint=models.UniqueConstraint(fields=('organisation',), name='one_counter'),
        ),
        migrations.AddConstraint(
            model_name='label',
            constraint=models.UniqueConstraint(models.F('organisation'), django.db.models.functions.text.Lower('name'), name='one_label_per_name', violation_error_message='Dit label bestaat al.'),
        ),
        migrations.AddConstraint(
            model_name='conversationlabel',
            constraint=models.UniqueConstraint(fields=('organisation', 'conversation', 'label'), name='one_label_once'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.UniqueConstraint(fields=('organisation', 'conversation', 'other_conversation_id'), name='one_link_per_pair'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['organisation', 'conversation', 'id'], name='message_order'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('organisation', 'external_id', 'inbox'), name='one_message_per_external_id'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('organisation', 'key'), name='one_message_per_key'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state__in', ['sent', 'delivered']), _negated=True), fields=['organisation', 'state'], name='delivery_unfinished'),
        ),
        migrations.AddIndex(
            model_name='messagereference',
            index=models.Index(fields=['organisation', 'external_id'], name='reference_to'),
        ),
    ]
