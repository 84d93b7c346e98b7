
import django.db.models.deletion
import django.utils.timezone
import mitwerk.core.ids
import mitwerk.core.translated
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actors', '0008_profile'),
        ('clusters', '0006_people'),
        ('pictures', '0001_initial'),
        ('projects', '0006_working_groups'),
        ('vocabularies', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Proof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=mitwerk.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('state', models.CharField(choices=[('open', 'waits for an answer'), ('confirmed', 'confirmed'), ('declined', 'declined')], default='open', max_length=10, verbose_name='state')),
            ],
            options={
                'verbose_name': 'competence a project proved',
                'verbose_name_plural': 'competences projects proved',
                'ordering': ['asked_at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=mitwerk.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('state', models.CharField(choices=[('open', 'waits for an answer'), ('released', 'released'), ('refused', 'not released'), ('left-out', 'name left out')], default='open', max_length=10, verbose_name='state')),
            ],
            options={
                'verbose_name': 'release of a story',
                'verbose_name_plural': 'releases of stories',
                'ordering': ['asked_at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Story',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('behind', models.JSONField(blank=True, default=dict, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('summary', mitwerk.core.translated.TranslatedField(default=mitwerk.core.translated.Translated, verbose_name='in short')),
                ('problem', mitwerk.core.translated.TranslatedField(blank=True, default=mitwerk.core.translated.Translated, verbose_name='the problem')),
                ('work', mitwerk.core.translated.TranslatedField(blank=True, default=mitwerk.core.translated.Translated, verbose_name='what was done')),
                ('result', mitwerk.core.translated.TranslatedField(blank=True, default=mitwerk.core.translated.Translated, verbose_name='the result')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('asked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='partners asked')),
            ],
            options={
                'verbose_name': 'story of a project',
                'verbose_name_plural': 'stories of projects',
                'ordering': ['pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='project',
            name='projects_public_by_phase',
        ),
        migrations.AddField(
            model_name='partner',
            name='is_named',
            field=models.BooleanField(default=True, verbose_name='named in public'),
        ),
        migrations.AlterField(
            model_name='project',
            name='phase',
            field=models.CharField(blank=True, choices=[('idea', 'idea'), ('submitted', 'handed in'), ('deferred', 'deferred'), ('conditional', 'accepted with conditions'), ('accepted', 'accepted'), ('forming', 'looking for partners'), ('running', 'running'), ('achieved', 'ended, aim achieved'), ('partly', 'ended, aim partly achieved'), ('stopped', 'stopped'), ('story', 'told as a story'), ('declined', 'declined')], db_index=True, editable=False, max_length=12, verbose_name='phase'),
        ),
        migrations.AlterField(
            model_name='step',
            name='phase',
            field=models.CharField(choices=[('idea', 'idea'), ('submitted', 'handed in'), ('deferred', 'deferred'), ('conditional', 'accepted with conditions'), ('accepted', 'accepted'), ('forming', 'looking for partners'), ('running', 'running'), ('achieved', 'ended, aim achieved'), ('partly', 'ended, aim partly achieved'), ('stopped', 'stopped'), ('story', 'told as a story'), ('declined', 'declined')], max_length=12, verbose_name='phase'),
        ),
        migrations.AlterField(
            model_name='step',
            name='verb',
            field=models.CharField(choices=[('bring-in', 'Idea brought in'), ('submit', 'Handed in'), ('accept', 'Accepted'), ('accept-with-conditions', 'Accepted with conditions'), ('defer', 'Deferred'), ('decline', 'Declined'), ('revise', 'Taken back to be worked over'), ('form', 'Partners are looked for'), ('join', 'New partner'), ('start', 'Started'), ('reach', 'Milestone reached'), ('open-group', 'Working group opened'), ('report', 'Working group reported'), ('achieve', 'Ended, aim achieved'), ('achieve-partly', 'Ended, aim partly achieved'), ('stop', 'Stopped'), ('tell', 'Told as a story')], max_length=30, verbose_name='what was done'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('phase', ''), ('phase__in', ['achieved', 'forming', 'partly', 'running', 'stopped', 'story']), ('state', 'draft'), _connector='OR'), name='projects_public_by_phase'),
        ),
        migrations.AddField(
            model_name='proof',
            name='answered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='proof',
            name='concept',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabularies.concept', verbose_name='competence'),
        ),
        migrations.AddField(
            model_name='proof',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proofs', to='actors.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='proof',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proofs', to='projects.project', verbose_name='project'),
        ),
        migrations.AddField(
            model_name='release',
            name='answered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='release',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='releases', to='actors.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='release',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='releases', to='projects.project', verbose_name='project'),
        ),
        migrations.AddField(
            model_name='story',
            name='picture',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='pictures.picture', verbose_name='picture'),
        ),
        migrations.AddField(
            model_name='story',
            name='project',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='story', to='projects.project', verbose_name='project'),
        ),
        migrations.AddConstraint(
            model_name='proof',
            constraint=models.UniqueConstraint(fields=('project', 'organisation', 'concept'), name='projects_proof_once'),
        ),
        migrations.AddConstraint(
            model_name='proof',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='projects_proof_answered'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.UniqueConstraint(fields=('project', 'organisation'), name='projects_release_once'),
        ),
    ]
