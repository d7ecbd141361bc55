from django.db import migrations, models

# Counting in an index alone works for pages that were vacuumed since they changed, and a table of a million rows
# would wait for 200,000 changes.
VACUUM_SOONER = """
ALTER TABLE conversations_conversation
  SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02)
"""
AS_ANY_TABLE = """
ALTER TABLE conversations_conversation
  RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_insert_scale_factor)
"""


class Migration(migrations.Migration):
    dependencies = [("conversations", "0019_spellings_one_by_one")]

    operations = [
        migrations.AddIndex(
            "conversation",
            models.Index(
                fields=["organisation", "status", "assignee", "covered_by", "amber_at"],
                condition=~models.Q(status="closed"),
                name="conversation_unfinished",
            ),
        ),
        migrations.RemoveIndex("conversation", "conversation_waiting"),
        migrations.AddIndex(
            "conversation",
            models.Index(
                fields=["waiting_since", "id"], condition=models.Q(status="open"), name="conversation_waiting"
            ),
        ),
        migrations.RunSQL(VACUUM_SOONER, AS_ANY_TABLE),
    ]
