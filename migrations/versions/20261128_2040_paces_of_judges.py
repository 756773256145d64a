"""The last reads and pairs of a judge, and the pairs that wait, are found in few steps."""

from alembic import op

revision = "c5e81f0a7d36"
down_revision = "a17c4e90b2d8"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_assignment_finished", "assignment", ["judge_id", "round_id", "state", "finished_at"]),
    ("ix_comparison_finished", "comparison", ["judge_id", "round_id", "state", "finished_at"]),
    ("ix_comparison_state", "comparison", ["judge_id", "round_id", "state", "position"]),
)


def upgrade() -> None:
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, table, _columns in reversed(INDEXES):
        op.drop_index(name, table_name=table)
