"""Rows of a file that said nothing new are kept as they came."""

import sqlalchemy as sa
from alembic import op

revision = "e4b70c95a2f1"
down_revision = "d9a1f4c62b78"
branch_labels = None
depends_on = None


def upgrade() -> None:
    import_, row = op.f("fk_stamp_import_again_import_id_stamp_import"), op.f("fk_stamp_import_again_row_id_stamp_import_row")
    op.create_table(
        "stamp_import_again",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["stamp_import.id"], name=import_, ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["row_id"], ["stamp_import_row.id"], name=row, ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_import_again")),
    )
    op.create_index(op.f("ix_stamp_import_again_import_id"), "stamp_import_again", ["import_id"])
    op.create_index(op.f("ix_stamp_import_again_row_id"), "stamp_import_again", ["row_id"])


def downgrade() -> None:
    op.drop_table("stamp_import_again")
