"""Collectors who opened themselves to others, and what those who swap write to each other."""

import sqlalchemy as sa
from alembic import op

import core.db

revision = "94d0b7f1c3e8"
down_revision = "e4b7a9120c5d"
branch_labels = None
depends_on = None

MOMENT = core.db.Instant(timezone=True)


def _person(table, column):
    name = op.f(f"fk_{table}_{column}_person")
    return sa.ForeignKeyConstraint([column], ["person.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "stamp_collector",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(32), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        *(sa.Column(f"shows_{what}", sa.Boolean(), nullable=False) for what in ("counts", "haves", "swaps", "wants")),
        sa.Column("grown_up_said_at", MOMENT, nullable=False),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("swaps_since", MOMENT, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        _person("stamp_collector", "person_id"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_stamp_collector")),
        sa.UniqueConstraint("address", name=op.f("uq_stamp_collector_address")),
    )
    op.create_table(
        "stamp_conversation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("blocked_by_id", sa.Integer(), nullable=True),
        sa.Column("reported_by_id", sa.Integer(), nullable=True),
        sa.Column("reported_at", MOMENT, nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_stamp_conversation_order")),
        _person("stamp_conversation", "first_id"),
        _person("stamp_conversation", "second_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_conversation")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_stamp_conversation_first_id_second_id")),
    )
    op.create_index(op.f("ix_stamp_conversation_second_id"), "stamp_conversation", ["second_id"])
    op.create_index(
        "ix_stamp_conversation_begun_by_id_begun_at", "stamp_conversation", ["begun_by_id", "begun_at"]
    )
    op.create_table(
        "stamp_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("sender_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["stamp_conversation.id"],
            name=op.f("fk_stamp_message_conversation_id_stamp_conversation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_message")),
    )
    op.create_index(op.f("ix_stamp_message_conversation_id"), "stamp_message", ["conversation_id"])


def downgrade() -> None:
    for table in ("stamp_message", "stamp_conversation", "stamp_collector"):
        op.drop_table(table)
