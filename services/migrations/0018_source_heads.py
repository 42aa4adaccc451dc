from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conecta_services', '0016_visits_and_signs_of_life'),
    ]

    operations = [
        migrations.CreateModel(
            name='SourceHead',
            fields=[
                ('name', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('number', models.PositiveBigIntegerField(default=0)),
            ],
        ),
    ]
