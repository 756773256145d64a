"""Files that were brought, and each of their rows as it came."""

import sqlalchemy as sa
from alembic import op

revision = "e4b7a9120c5d"
down_revision = "9b7d05c3e418"
branch_labels = None
depends_on = None

STATES = ("reading", "ready", "working", "done", "undoing", "undone", "failed")
FINDINGS = ("unchanged", "known", "likely", "near", "new", "unreadable", "frame")
ACTS = ("match", "new", "leave")
PROPOSALS = ("private", "offered")


def choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "stamp_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", choice("importstate", STATES), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("tail", sa.Text(), nullable=False),
        sa.Column("writing", sa.JSON(), nullable=False),
        sa.Column("header", sa.JSON(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("refusal", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_stamp_import_person_id_person"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_stamp_import_by_id_person"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_import")),
    )
    op.create_index("ix_stamp_import_person_id", "stamp_import", ["person_id", "id"])
    op.create_table(
        "stamp_import_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("finding", choice("finding", FINDINGS), nullable=False),
        sa.Column("act", choice("rowact", ACTS), nullable=False),
        sa.Column("written", sa.Boolean(), nullable=False),
        sa.Column("stamp_id", sa.Integer(), nullable=True),
        sa.Column("proposal", choice("proposal", PROPOSALS), nullable=True),
        sa.Column("superseded_by", sa.Integer(), nullable=True),
        sa.Column("doubts", sa.String(length=300), nullable=False),
        sa.Column("seen", sa.String(length=400), nullable=False),
        sa.Column("made", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["stamp_import.id"], name=op.f("fk_stamp_import_row_import_id_stamp_import"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["stamp_id"], ["stamp.id"], name=op.f("fk_stamp_import_row_stamp_id_stamp"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["superseded_by"], ["stamp_import_row.id"], name=op.f("fk_stamp_import_row_superseded_by_stamp_import_row"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_import_row")),
    )
    op.create_index("ix_stamp_import_row_import_id", "stamp_import_row", ["import_id", "id"])
    op.create_index("ix_stamp_import_row_identity", "stamp_import_row", ["identity"])
    op.create_index(op.f("ix_stamp_import_row_stamp_id"), "stamp_import_row", ["stamp_id"])
    op.create_index(op.f("ix_stamp_import_row_superseded_by"), "stamp_import_row", ["superseded_by"])


def downgrade() -> None:
    op.drop_table("stamp_import_row")
    op.drop_table("stamp_import")
