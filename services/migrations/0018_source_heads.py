from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conecta_services', '0017_deputies_have_accounts'),
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
