"""Letters of laureates with what is permitted of them, and the permission noted beside a prize before its hour."""

import sqlalchemy as sa
from alembic import op

import core.db

revision = "c3d9a1f0b852"
down_revision = "e81f3b6a2c07"
branch_labels = None
depends_on = None

RIGHTS = ("none", "excerpt", "whole")


def choice(name, values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "award_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.Column("rights", choice("letterrights", RIGHTS), nullable=False),
        sa.Column("permitted_by", sa.String(length=160), nullable=False),
        sa.Column("permitted_on", sa.Date(), nullable=True),
        sa.Column("kept_at", core.db.Instant(timezone=True), nullable=False),
        sa.Column("withdrawn_at", core.db.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_award_letter_award_id_award")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_letter")),
        sa.UniqueConstraint("award_id", name=op.f("uq_award_letter_award_id")),
    )
    with op.batch_alter_table("stage_award") as batch:
        batch.add_column(
            sa.Column("letter_rights", choice("letterrights", RIGHTS), nullable=False, server_default="none")
        )
        batch.add_column(sa.Column("letter_language", sa.String(length=8), nullable=False, server_default=""))
        batch.add_column(sa.Column("letter_excerpt", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("permitted_by", sa.String(length=160), nullable=False, server_default=""))
        batch.add_column(sa.Column("permitted_on", sa.Date(), nullable=True))
    with op.batch_alter_table("stage_award") as batch:
        for name in ("letter_rights", "letter_language", "letter_excerpt", "permitted_by"):
            batch.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("stage_award") as batch:
        batch.drop_constraint(op.f("ck_stage_award_letterrights"), type_="check")
        for name in ("permitted_on", "permitted_by", "letter_excerpt", "letter_language", "letter_rights"):
            batch.drop_column(name)
    op.drop_table("award_letter")
