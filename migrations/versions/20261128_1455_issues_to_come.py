"""Issues to come: how sure they are, offers, reservations, standing orders."""

import sqlalchemy as sa
from alembic import op

revision = "d4f7a1936e05"
down_revision = "b83e5d20c6f4"
branch_labels = None
depends_on = None


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def goods() -> sa.Enum:
    return choice("goods", "set", "sheet", "first_day_cover")


def upgrade() -> None:
    op.create_table(
        "stamp_announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("certainty", choice("certainty", "announced", "confirmed", "cancelled"), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["stamp_issue.id"], name=op.f("fk_stamp_announcement_issue_id_stamp_issue"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_announcement")),
        sa.UniqueConstraint("issue_id", name=op.f("uq_stamp_announcement_issue_id")),
    )
    op.create_table(
        "stamp_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("rule", choice("allotment", "rounds", "arrival"), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("pickup", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("allotted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["issue_id"], ["stamp_issue.id"], name=op.f("fk_stamp_offer_issue_id_stamp_issue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_offer")),
        sa.UniqueConstraint("issue_id", name=op.f("uq_stamp_offer_issue_id")),
    )
    op.create_table(
        "stamp_offer_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("goods", goods(), nullable=False),
        sa.Column("available", sa.Integer(), nullable=True),
        sa.Column("most_each", sa.Integer(), nullable=True),
        sa.CheckConstraint("available >= 0", name=op.f("ck_stamp_offer_part_available")),
        sa.CheckConstraint("most_each > 0", name=op.f("ck_stamp_offer_part_most_each")),
        sa.ForeignKeyConstraint(["offer_id"], ["stamp_offer.id"], name=op.f("fk_stamp_offer_part_offer_id_stamp_offer"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_offer_part")),
        sa.UniqueConstraint("offer_id", "goods", name=op.f("uq_stamp_offer_part_offer_id_goods")),
    )
    op.create_table(
        "stamp_standing_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("goods", goods(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_stamp_standing_order_quantity")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_stamp_standing_order_person_id_person"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["topic_id"], ["stamp_topic.id"], name=op.f("fk_stamp_standing_order_topic_id_stamp_topic")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_standing_order")),
    )
    op.create_index(op.f("ix_stamp_standing_order_person_id"), "stamp_standing_order", ["person_id"])
    op.create_table(
        "stamp_reservation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("standing_id", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given", sa.Integer(), nullable=True),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_stamp_reservation_quantity")),
        sa.CheckConstraint("given >= 0 AND given <= quantity", name=op.f("ck_stamp_reservation_given")),
        sa.ForeignKeyConstraint(["part_id"], ["stamp_offer_part.id"], name=op.f("fk_stamp_reservation_part_id_stamp_offer_part"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_stamp_reservation_person_id_person"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["standing_id"], ["stamp_standing_order.id"], name=op.f("fk_stamp_reservation_standing_id_stamp_standing_order"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_reservation")),
        sa.UniqueConstraint("part_id", "person_id", name=op.f("uq_stamp_reservation_part_id_person_id")),
    )
    op.create_index(op.f("ix_stamp_reservation_person_id"), "stamp_reservation", ["person_id"])


def downgrade() -> None:
    for table in ("stamp_reservation", "stamp_standing_order", "stamp_offer_part", "stamp_offer", "stamp_announcement"):
        op.drop_table(table)
