"""A remark to a child can be held back, with a reason."""

import sqlalchemy as sa
from alembic import op

revision = "d9a1f4c62b78"
down_revision = "c5e07b93d1a4"
branch_labels = None
depends_on = None

# In plain SQL, alike on both engines (see the migration of rounds): a batch would lose the other checks on SQLite.
REASON = (
    "TEXT DEFAULT '' NOT NULL CONSTRAINT ck_remark_one_answer CHECK (passed_at IS NULL OR held_back_at IS NULL)"
)


def upgrade() -> None:
    op.add_column("remark", sa.Column("held_back_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(f"ALTER TABLE remark ADD COLUMN held_back_reason {REASON}")


def downgrade() -> None:
    op.drop_column("remark", "held_back_reason")
    op.drop_column("remark", "held_back_at")
