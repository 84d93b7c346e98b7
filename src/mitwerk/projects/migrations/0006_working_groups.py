
import django.db.models.deletion
import django.utils.timezone
import mitwerk.core.ids
import mitwerk.core.translated
import mitwerk.core.files
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_act_links'),
        ('projects', '0005_milestones'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='step',
            name='verb',
            field=models.CharField(choices=[('bring-in', 'Idea brought in'), ('submit', 'Handed in'), ('accept', 'Accepted'), ('accept-with-conditions', 'Accepted with conditions'), ('defer', 'Deferred'), ('decline', 'Declined'), ('revise', 'Taken back to be worked over'), ('form', 'Partners are looked for'), ('join', 'New partner'), ('start', 'Started'), ('reach', 'Milestone reached'), ('open-group', 'Working group opened'), ('report', 'Working group reported'), ('achieve', 'Ended, aim achieved'), ('achieve-partly', 'Ended, aim partly achieved'), ('stop', 'Stopped')], max_length=30, verbose_name='what was done'),
        ),
        migrations.CreateModel(
            name='GroupReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=mitwerk.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('status', models.CharField(choices=[('on-track', 'on track'), ('needs-help', 'needs help'), ('done', 'done')], max_length=10, verbose_name='status')),
                ('text', models.TextField(max_length=600, verbose_name='in three lines')),
                ('was_due', models.DateField(verbose_name='was due on')),
                ('next_due', models.DateField(blank=True, null=True, verbose_name='next report by')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'report of a working group',
                'verbose_name_plural': 'reports of working groups',
                'ordering': ['-at', '-pk'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='step',
            name='report',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='step', to='projects.groupreport', verbose_name='report'),
        ),
        migrations.CreateModel(
            name='WorkingGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('behind', models.JSONField(blank=True, default=dict, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('public_id', models.CharField(default=mitwerk.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('task', mitwerk.core.translated.TranslatedField(default=mitwerk.core.translated.Translated, verbose_name='task')),
                ('report_due', models.DateField(blank=True, null=True, verbose_name='report back by')),
                ('due_since', models.DateField(default=django.utils.timezone.localdate, editable=False, verbose_name='this day is set since')),
                ('reminded', models.CharField(blank=True, editable=False, max_length=4, verbose_name='last reminder for this day')),
                ('next_at', models.DateTimeField(blank=True, null=True, verbose_name='next date')),
                ('next_place', models.CharField(blank=True, max_length=200, verbose_name='place of the next date')),
                ('closed_on', models.DateField(blank=True, editable=False, null=True, verbose_name='closed on')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='projects.project')),
            ],
            options={
                'verbose_name': 'working group',
                'verbose_name_plural': 'working groups',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='groupreport',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='projects.workinggroup', verbose_name='working group'),
        ),
        migrations.CreateModel(
            name='GroupNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=mitwerk.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('text', models.TextField(max_length=5000, verbose_name='note')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='projects.workinggroup', verbose_name='working group')),
            ],
            options={
                'verbose_name': 'note of a working group',
                'verbose_name_plural': 'notes of working groups',
                'ordering': ['-at', '-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GroupMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=mitwerk.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('function', models.CharField(blank=True, choices=[('speaker', 'speaker'), ('substitute', 'substitute speaker')], max_length=10, verbose_name='function')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='group_members', to='people.person', verbose_name='person')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='projects.workinggroup', verbose_name='working group')),
            ],
            options={
                'verbose_name': 'member of a working group',
                'verbose_name_plural': 'members of working groups',
                'ordering': ['since', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='GroupFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=mitwerk.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('file', models.FileField(storage=mitwerk.core.files.private_storage, upload_to='groups', verbose_name='file')),
                ('size', models.PositiveIntegerField(verbose_name='size in bytes')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='projects.workinggroup', verbose_name='working group')),
            ],
            options={
                'verbose_name': 'file of a working group',
                'verbose_name_plural': 'files of working groups',
                'ordering': ['-at', '-pk'],
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='workinggroup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on', None), ('report_due__isnull', False)), models.Q(('closed_on__isnull', False), ('report_due', None)), _connector='OR'), name='projects_group_reports_while_open'),
        ),
        migrations.AddConstraint(
            model_name='groupreport',
            constraint=models.UniqueConstraint(fields=('group', 'was_due'), name='projects_report_once_for_a_day'),
        ),
        migrations.AddConstraint(
            model_name='groupreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('next_due', None), ('status', 'done')), models.Q(models.Q(('status', 'done'), _negated=True), ('next_due__isnull', False)), _connector='OR'), name='projects_report_sets_the_next'),
        ),
        migrations.AddConstraint(
            model_name='groupmember',
            constraint=models.UniqueConstraint(fields=('group', 'person'), name='projects_group_member_once'),
        ),
        migrations.AddConstraint(
            model_name='groupmember',
            constraint=models.UniqueConstraint(condition=models.Q(('function', ''), _negated=True), fields=('group', 'function'), name='projects_group_function_once'),
        ),
    ]
