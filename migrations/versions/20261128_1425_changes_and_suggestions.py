"""Saves of curators with their changes, suggestions of anybody, and a mark on claims that curators made."""

import sqlalchemy as sa
from alembic import op

revision = "a17c40be93d2"
down_revision = "5c1e0d7a42b9"
branch_labels = None
depends_on = None

ACTS = ("entered", "edited", "taken_over", "undone", "merged", "retired")
CONFIDENCES = ("high", "medium", "low", "unknown")


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by_hand", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.alter_column("by_hand", existing_type=sa.Boolean(), existing_nullable=False, server_default=None)
    op.create_table(
        "stamp_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act", choice("act", *ACTS), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("confidence", choice("confidence", *CONFIDENCES), nullable=False),
        sa.Column("suggester", sa.String(length=120), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_stamp_revision_person_id_person"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["undoes_id"], ["stamp_revision.id"], name=op.f("fk_stamp_revision_undoes_id_stamp_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_revision")),
    )
    op.create_index(op.f("ix_stamp_revision_person_id"), "stamp_revision", ["person_id"])
    op.create_table(
        "stamp_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["stamp_revision.id"], name=op.f("fk_stamp_change_revision_id_stamp_revision"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_change")),
    )
    op.create_index(op.f("ix_stamp_change_revision_id"), "stamp_change", ["revision_id"])
    op.create_index("ix_stamp_change_thing", "stamp_change", ["kind", "key", "field"])
    op.create_table(
        "stamp_suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("naming", choice("naming", "not", "user_name"), nullable=False),
        sa.Column("state", choice("suggestionstate", "waiting", "taken", "declined"), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_stamp_suggestion_decided_by_id_person"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_stamp_suggestion_person_id_person"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["revision_id"], ["stamp_revision.id"], name=op.f("fk_stamp_suggestion_revision_id_stamp_revision"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_suggestion")),
    )
    op.create_index(op.f("ix_stamp_suggestion_person_id"), "stamp_suggestion", ["person_id"])
    op.create_index("ix_stamp_suggestion_state", "stamp_suggestion", ["state", "at"])
    op.create_index("ix_stamp_suggestion_thing", "stamp_suggestion", ["kind", "key"])


def downgrade() -> None:
    op.drop_table("stamp_suggestion")
    op.drop_table("stamp_change")
    op.drop_table("stamp_revision")
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_column("by_hand")
