"""When an issue, an item, a permanent number was last changed."""

import sqlalchemy as sa
from alembic import op

revision = "3f61c0a98d27"
down_revision = "e6582a79ccc3"
branch_labels = None
depends_on = None

TABLES = {"stamp_issue": "id", "stamp": "id", "stamp_permanent_number": "number"}


def upgrade() -> None:
    for table, key in TABLES.items():
        with op.batch_alter_table(table) as batch:
            batch.add_column(
                sa.Column(
                    "changed_at", sa.DateTime(timezone=True), nullable=False, server_default="2026-11-28 00:00:00"
                )
            )
        op.create_index(f"ix_{table}_changed_at_{key}", table, ["changed_at", key])


def downgrade() -> None:
    for table, key in TABLES.items():
        op.drop_index(f"ix_{table}_changed_at_{key}", table)
        with op.batch_alter_table(table) as batch:
            batch.drop_column("changed_at")
