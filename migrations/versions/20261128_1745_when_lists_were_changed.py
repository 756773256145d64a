"""When a topic, a maker, a catalogue was last changed."""

import sqlalchemy as sa
from alembic import op

revision = "7c1f40be52a9"
down_revision = "e9a4c7b15d30"
branch_labels = None
depends_on = None

TABLES = ("stamp_topic", "stamp_maker", "stamp_catalogue")


def upgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.add_column(
                sa.Column(
                    "changed_at", sa.DateTime(timezone=True), nullable=False, server_default="2026-11-28 00:00:00"
                )
            )


def downgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("changed_at")
