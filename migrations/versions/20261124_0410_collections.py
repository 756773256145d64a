"""Copies of stamps that people own, and stamps they want."""

import sqlalchemy as sa
from alembic import op

import core.db

revision = "5b0f3c7d21ae"
down_revision = "ba16b9bd5ee8"
branch_labels = None
depends_on = None

CONDITIONS = ("mnh", "mh", "mng", "used", "cto", "damaged")
FORMATS = ("single", "pair", "block", "sheet", "cover", "first_day_cover", "maximum_card")


def choice(name, values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "stamp_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("stamp_id", sa.Integer(), nullable=False),
        sa.Column("condition", choice("condition", CONDITIONS), nullable=True),
        sa.Column("format", choice("copyformat", FORMATS), nullable=True),
        sa.Column("to_swap", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("added_at", core.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_stamp_copy_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["stamp_id"], ["stamp.id"], name=op.f("fk_stamp_copy_stamp_id_stamp"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_copy")),
    )
    op.create_index("ix_stamp_copy_person_id_stamp_id", "stamp_copy", ["person_id", "stamp_id"])
    op.create_index(op.f("ix_stamp_copy_stamp_id"), "stamp_copy", ["stamp_id"])
    op.create_table(
        "stamp_want",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("stamp_id", sa.Integer(), nullable=False),
        sa.Column("added_at", core.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_stamp_want_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["stamp_id"], ["stamp.id"], name=op.f("fk_stamp_want_stamp_id_stamp"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_want")),
        sa.UniqueConstraint("person_id", "stamp_id", name=op.f("uq_stamp_want_person_id_stamp_id")),
    )
    op.create_index(op.f("ix_stamp_want_stamp_id"), "stamp_want", ["stamp_id"])


def downgrade() -> None:
    op.drop_table("stamp_want")
    op.drop_table("stamp_copy")
