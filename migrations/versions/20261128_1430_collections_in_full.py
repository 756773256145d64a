"""Copies in full, wants as sets of what is accepted, lists, what was marked."""

import sqlalchemy as sa
from alembic import op

import core.db

revision = "7c41d9e2ab60"
down_revision = "a17c40be93d2"
branch_labels = None
depends_on = None

CONDITIONS = (
    *("mnh", "mvlh", "mlh", "mh", "og", "mng", "ngai", "vfu", "fu", "used", "cto"),
    *("on_piece", "on_cover", "fdc", "specimen", "damaged"),
)
FORMATS = (
    *("single", "pair", "strip", "block_of_four", "block", "gutter_pair", "sheet"),
    *("cover", "first_day_cover", "maximum_card"),
)
DISPOSITIONS = ("kept", "swapped", "sold", "given", "lost")
PRIORITIES = ("high", "normal", "low")
SOURCES = ("hand", "issue", "series", "country", "topic", "search")
# What there was before, and what a copy of a newer kind becomes when one goes back.
OLD_CONDITIONS = ("mnh", "mh", "mng", "used", "cto", "damaged")
OLD_FORMATS = ("single", "pair", "block", "sheet", "cover", "first_day_cover", "maximum_card")
TEXTS = {
    "grade": 200,
    "place": 120,
    "acquired_on": 10,
    "acquired_from": 120,
    "price_currency": 16,
    "certificate_expert": 120,
    "certificate_number": 60,
    "certificate_date": 10,
    "picture": 80,
    "parted_on": 10,
    "parted_with": 120,
}


def choice(name, values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _one_of(column, values):
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def _limit(batch, conditions, formats):
    """Let the columns hold these values."""
    for name in ("condition", "copyformat"):
        batch.drop_constraint(op.f(f"ck_stamp_copy_{name}"), type_="check")
    batch.create_check_constraint(op.f("ck_stamp_copy_condition"), _one_of("condition", conditions))
    batch.create_check_constraint(op.f("ck_stamp_copy_copyformat"), _one_of("format", formats))


def upgrade() -> None:
    with op.batch_alter_table("stamp_copy") as batch:
        _limit(batch, CONDITIONS, FORMATS)
        for name, length in TEXTS.items():
            batch.add_column(sa.Column(name, sa.String(length), nullable=False, server_default=""))
        batch.add_column(sa.Column("price", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("public_note", sa.Text(), nullable=False, server_default=""))
        batch.alter_column("note", new_column_name="private_note", existing_type=sa.Text(), existing_nullable=False)
        kept = choice("disposition", DISPOSITIONS)
        batch.add_column(sa.Column("disposition", kept, nullable=False, server_default="kept"))
        batch.drop_index("ix_stamp_copy_person_id_stamp_id")
        batch.drop_index(op.f("ix_stamp_copy_stamp_id"))
        batch.create_index("ix_stamp_copy_own", ["person_id", "disposition", "stamp_id", "to_swap"])
        batch.create_index("ix_stamp_copy_offered", ["stamp_id", "to_swap", "disposition", "person_id"])
    with op.batch_alter_table("stamp_want") as batch:
        batch.add_column(sa.Column("conditions", sa.String(120), nullable=False, server_default=""))
        batch.add_column(sa.Column("formats", sa.String(120), nullable=False, server_default=""))
        batch.add_column(sa.Column("certificate_needed", sa.Boolean(), nullable=False, server_default=sa.false()))
        wanted = choice("priority", PRIORITIES)
        batch.add_column(sa.Column("priority", wanted, nullable=False, server_default="normal"))
        batch.add_column(sa.Column("public_note", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("private_note", sa.Text(), nullable=False, server_default=""))
        batch.drop_index(op.f("ix_stamp_want_stamp_id"))
        batch.create_index("ix_stamp_want_stamp_id_person_id", ["stamp_id", "person_id"])
    _make_lists()


def _make_lists() -> None:
    op.create_table(
        "stamp_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source", choice("listsource", SOURCES), nullable=False),
        sa.Column("source_key", sa.String(200), nullable=False),
        sa.Column("made_at", core.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_stamp_list_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_list")),
        sa.UniqueConstraint("person_id", "name", name=op.f("uq_stamp_list_person_id_name")),
    )
    op.create_table(
        "stamp_list_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("stamp_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("condition", choice("condition", CONDITIONS), nullable=True),
        sa.Column("public_note", sa.Text(), nullable=False),
        sa.Column("private_note", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity IS NULL OR quantity >= 0", name=op.f("ck_stamp_list_entry_quantity")),
        sa.ForeignKeyConstraint(
            ["list_id"], ["stamp_list.id"], name=op.f("fk_stamp_list_entry_list_id_stamp_list"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["stamp_id"], ["stamp.id"], name=op.f("fk_stamp_list_entry_stamp_id_stamp"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_list_entry")),
        sa.UniqueConstraint("list_id", "stamp_id", name=op.f("uq_stamp_list_entry_list_id_stamp_id")),
    )
    op.create_index(op.f("ix_stamp_list_entry_stamp_id"), "stamp_list_entry", ["stamp_id"])
    op.create_table(
        "stamp_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", core.db.Instant(timezone=True), nullable=False),
        sa.Column("did", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_stamp_act_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_act")),
    )
    op.create_index("ix_stamp_act_person_id_at", "stamp_act", ["person_id", "at"])


def downgrade() -> None:
    for table in ("stamp_act", "stamp_list_entry", "stamp_list"):
        op.drop_table(table)
    with op.batch_alter_table("stamp_want") as batch:
        batch.drop_index("ix_stamp_want_stamp_id_person_id")
        batch.create_index(op.f("ix_stamp_want_stamp_id"), ["stamp_id"])
        batch.drop_constraint(op.f("ck_stamp_want_priority"), type_="check")
        for name in ("conditions", "formats", "certificate_needed", "priority", "public_note", "private_note"):
            batch.drop_column(name)
    op.execute("DELETE FROM stamp_copy WHERE disposition <> 'kept'")
    op.execute(f"UPDATE stamp_copy SET condition = NULL WHERE NOT {_one_of('condition', OLD_CONDITIONS)}")
    op.execute(f"UPDATE stamp_copy SET format = NULL WHERE NOT {_one_of('format', OLD_FORMATS)}")
    with op.batch_alter_table("stamp_copy") as batch:
        _limit(batch, OLD_CONDITIONS, OLD_FORMATS)
        batch.drop_index("ix_stamp_copy_offered")
        batch.drop_index("ix_stamp_copy_own")
        batch.create_index("ix_stamp_copy_person_id_stamp_id", ["person_id", "stamp_id"])
        batch.create_index(op.f("ix_stamp_copy_stamp_id"), ["stamp_id"])
        batch.alter_column("private_note", new_column_name="note", existing_type=sa.Text(), existing_nullable=False)
        batch.drop_constraint(op.f("ck_stamp_copy_disposition"), type_="check")
        for name in (*TEXTS, "price", "public_note", "disposition"):
            batch.drop_column(name)
