"""A job says which process claimed it, so that one whose process was killed need not wait for long."""

import sqlalchemy as sa
from alembic import op

revision = "a17c4e90b2d8"
down_revision = "b27d9e50c3a8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.add_column(sa.Column("claimed_by", sa.String(length=128), nullable=False, server_default=""))
    # In a step of its own: SQLite copies the jobs that are there only after both.
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.alter_column("claimed_by", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_column("claimed_by")
