"""What parts equal letters before they share a rank."""

from alembic import op

revision = "9b7d05c3e418"
down_revision = "c3d9a1f0b852"
branch_labels = None
depends_on = None

# In plain SQL, alike on both engines (see the migration of rounds).
PARTING = (
    "VARCHAR(32) DEFAULT 'nothing' NOT NULL CONSTRAINT ck_round_parting "
    "CHECK (parting IN ('nothing', 'criterion', 'majority'))"
)


def upgrade() -> None:
    op.execute(f"ALTER TABLE round ADD COLUMN parting {PARTING}")


def downgrade() -> None:
    op.drop_column("round", "parting")
