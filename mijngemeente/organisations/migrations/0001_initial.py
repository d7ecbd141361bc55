import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import mijngemeente.platform.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('reference', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mailadres')),
                ('name', models.CharField(max_length=120, verbose_name='naam')),
                ('is_active', models.BooleanField(default=True)),
                ('has_shortcuts', models.BooleanField(default=True, verbose_name='sneltoetsen aan')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='InboxAddress',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('address', models.CharField(max_length=200, verbose_name='adres')),
                ('name', models.CharField(max_length=80, verbose_name='naam')),
                ('token', models.CharField(max_length=64, unique=True)),
                ('is_active', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['kind', 'address'],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.IntegerField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('municipality', 'gemeente'), ('region', 'regio'), ('national', 'landelijk')], max_length=12)),
                ('name', models.CharField(max_length=80, verbose_name='naam')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('theme', models.CharField(default='laken', max_length=20, verbose_name='uiterlijk')),
                ('is_active', models.BooleanField(default=True)),
                ('municipality', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='reference.municipality')),
            ],
            options={
                'ordering': ['slug'],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('reader', 'meelezer'), ('agent', 'webcaremedewerker'), ('spokesperson', 'woordvoerder'), ('content_director', 'contentregisseur'), ('analyst', 'data-analist'), ('manager', 'leidinggevende'), ('administrator', 'beheerder')], max_length=20), default=list, size=None)),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, verbose_name='e-mailadres')),
                ('name', models.CharField(max_length=120, verbose_name='naam')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None)),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('invited_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.member')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='organisations.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='InboxHealth',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('direction', models.CharField(choices=[('in', 'ontvangen'), ('out', 'versturen')], max_length=3)),
                ('last_success_at', models.DateTimeField(null=True)),
                ('failing_since', models.DateTimeField(null=True)),
                ('problem', models.TextField(blank=True)),
                ('position', models.CharField(blank=True, max_length=200)),
                ('inbox', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.inboxaddress')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='InboxCredentials',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.TextField()),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('inbox', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.inboxaddress')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='inboxaddress',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inboxes', to='organisations.organisation'),
        ),
        migrations.CreateModel(
            name='EngagementRules',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('form_of_address', models.CharField(choices=[('u', 'u'), ('je', 'je')], default='u', max_length=2, verbose_name='aanspreekvorm')),
                ('salutation', models.CharField(default='Beste {naam},', max_length=120, verbose_name='aanhef')),
                ('signature', models.TextField(default='Met vriendelijke groet,\n{medewerker}\n{organisatie}', verbose_name='ondertekening')),
                ('answer_promise', models.CharField(default='U krijgt binnen twee werkdagen antwoord.', max_length=200, verbose_name='wat wij beloven')),
                ('not_promised', models.TextField(blank=True, verbose_name='wat wij niet beloven')),
                ('hand_over_to', models.TextField(blank=True, verbose_name='wie voor wat')),
                ('emergency', models.TextField(default='Is er direct gevaar? Bel 112. Geen spoed, wel politie? Bel 0900-8844.', verbose_name='bij spoed')),
                ('opening_hours', models.CharField(default='maandag tot en met vrijdag 9.00 - 17.00 uur', max_length=200, verbose_name='bereikbaar')),
                ('telephone', models.CharField(blank=True, max_length=20, verbose_name='telefoon')),
                ('privacy_url', models.URLField(blank=True, verbose_name='privacyverklaring')),
                ('widget_sites', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='ServiceAgreement',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('channels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covered_by', to='organisations.organisation')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covers', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.UUIDField(default=mijngemeente.platform.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('tokens', models.JSONField(default=dict)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(condition=models.Q(('left_at__isnull', True)), fields=('organisation', 'person'), name='member_once'),
        ),
        migrations.AddConstraint(
            model_name='inboxhealth',
            constraint=models.UniqueConstraint(fields=('organisation', 'inbox', 'direction'), name='one_health_per_direction'),
        ),
        migrations.AddConstraint(
            model_name='inboxaddress',
            constraint=models.UniqueConstraint(models.F('kind'), django.db.models.functions.text.Lower('address'), name='one_owner_per_address', violation_error_message='Dit postvak is al aan een organisatie gekoppeld.'),
        ),
        migrations.AddConstraint(
            model_name='engagementrules',
            constraint=models.UniqueConstraint(fields=('organisation',), name='one_set_of_rules'),
        ),
        migrations.AddConstraint(
            model_name='serviceagreement',
            constraint=models.UniqueConstraint(fields=('provider', 'client', 'starts_on'), name='one_agreement_per_start'),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.UniqueConstraint(fields=('organisation',), name='one_theme'),
        ),
    ]
