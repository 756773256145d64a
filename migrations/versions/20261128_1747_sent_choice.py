"""Choices between two letters that a browser keeps and sends, by the key it made for each."""

import sqlalchemy as sa
from alembic import op

import core

revision = "b27d9e50c3a8"
down_revision = "7c1f40be52a9"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sent_choice",
        sa.Column("comparison_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("at", core.db.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comparison_id"], ["comparison.id"], name=op.f("fk_sent_choice_comparison_id_comparison")
        ),
        sa.PrimaryKeyConstraint("comparison_id", "key", name=op.f("pk_sent_choice")),
    )


def downgrade() -> None:
    op.drop_table("sent_choice")
