"""How the orders of a committee are counted; quotas of single provinces."""

import sqlalchemy as sa
from alembic import op

revision = "e81f3b6a2c07"
down_revision = "7c41d9e2ab60"
branch_labels = None
depends_on = None

# In plain SQL, alike on both engines (see the migration of rounds).
COUNTING = (
    "VARCHAR(32) DEFAULT 'borda' NOT NULL CONSTRAINT ck_round_counting CHECK (counting IN ('borda', 'kemeny', 'stv'))"
)


def upgrade() -> None:
    op.execute(f"ALTER TABLE round ADD COLUMN counting {COUNTING}")
    op.create_table(
        "round_quota",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.CheckConstraint("letters >= 0", name=op.f("ck_round_quota_letters")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_round_quota_round_id_round")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_round_quota_unit_id_unit")),
        sa.PrimaryKeyConstraint("round_id", "unit_id", name=op.f("pk_round_quota")),
    )


def downgrade() -> None:
    op.drop_table("round_quota")
    op.drop_column("round", "counting")
