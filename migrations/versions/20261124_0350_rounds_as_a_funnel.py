"""rounds as a funnel: terms, decisions, other ways to judge, and the log of judging, sealed."""

import sqlalchemy as sa
from alembic import op

revision = 'ba16b9bd5ee8'
down_revision = '7ca20ecec498'
branch_labels = None
depends_on = None

# In plain SQL, alike on both engines: a batch would copy the table on SQLite and lose its other checks.
TERMS = {
    'method': "VARCHAR(32) DEFAULT 'marks' NOT NULL CONSTRAINT ck_round_roundmethod "
    "CHECK (method IN ('screening', 'marks', 'pairs', 'ranking'))",
    'going_on': "VARCHAR(32) DEFAULT 'by_hand' NOT NULL CONSTRAINT ck_round_goingon "
    "CHECK (going_on IN ('top', 'share', 'least', 'units', 'by_hand'))",
    'cut': "NUMERIC(9, 2)",
    'ties': "VARCHAR(32) DEFAULT 'all_go_on' NOT NULL CONSTRAINT ck_round_ties CHECK (ties IN ('all_go_on', 'by_hand'))",
    'anchors': "INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_round_anchors CHECK (anchors >= 0)",
    'bars_province': "BOOLEAN DEFAULT FALSE NOT NULL",
    'pairing': "VARCHAR(32) DEFAULT 'chained' NOT NULL CONSTRAINT ck_round_pairing CHECK (pairing IN ('random', 'chained'))",
}
SEAL = {
    'sqlite': (
        "CREATE TRIGGER judging_event_kept BEFORE UPDATE ON judging_event "
        "BEGIN SELECT RAISE(ABORT, 'the log of judging is only added to'); END",
        "CREATE TRIGGER judging_event_stays BEFORE DELETE ON judging_event "
        "BEGIN SELECT RAISE(ABORT, 'the log of judging is only added to'); END",
    ),
    'postgresql': (
        "CREATE FUNCTION judging_event_sealed() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RAISE EXCEPTION ''the log of judging is only added to''; END'",
        "CREATE TRIGGER judging_event_kept BEFORE UPDATE OR DELETE ON judging_event "
        "FOR EACH ROW EXECUTE FUNCTION judging_event_sealed()",
        "CREATE TRIGGER judging_event_stays BEFORE TRUNCATE ON judging_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION judging_event_sealed()",
    ),
}
# Until now every letter was in every round: what was followed by another round let all of them go on.
ALL_WENT_ON = (
    "INSERT INTO decision (round_id, taken_at) SELECT earlier.id, MIN(later.opened_at) FROM round AS earlier "
    "JOIN round AS later ON later.stage_id = earlier.stage_id AND later.position > earlier.position "
    "WHERE later.state <> 'planned' GROUP BY earlier.id",
    "INSERT INTO decided_letter (decision_id, letter_id) SELECT decision.id, letter.id FROM decision "
    "JOIN round ON round.id = decision.round_id JOIN letter ON letter.stage_id = round.stage_id "
    "WHERE letter.number IS NOT NULL",
)


def upgrade() -> None:
    op.create_table('judging_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('who', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('program', sa.String(length=32), nullable=False),
    sa.Column('seed', sa.String(length=96), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_judging_event'))
    )
    with op.batch_alter_table('judging_event', schema=None) as batch_op:
        batch_op.create_index('ix_judging_event_round', ['stage_id', 'round_id'], unique=False)

    op.create_table('decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_decision_round_id_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision'))
    )
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.create_index('uq_decision_holding', ['round_id'], unique=True, sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))

    op.create_table('anchor',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_anchor_letter_id_letter')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_anchor_round_id_round')),
    sa.PrimaryKeyConstraint('round_id', 'letter_id', name=op.f('pk_anchor'))
    )
    op.create_table('comparison',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('judge_id', sa.Integer(), nullable=False),
    sa.Column('left_id', sa.Integer(), nullable=False),
    sa.Column('right_id', sa.Integer(), nullable=False),
    sa.Column('chosen_id', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'marked', 'recused', name='assignmentstate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('chosen_id IS NULL OR chosen_id IN (left_id, right_id)', name=op.f('ck_comparison_one_of_two')),
    sa.CheckConstraint('left_id <> right_id', name=op.f('ck_comparison_two_letters')),
    sa.ForeignKeyConstraint(['chosen_id'], ['letter.id'], name=op.f('fk_comparison_chosen_id_letter')),
    sa.ForeignKeyConstraint(['judge_id'], ['judge.id'], name=op.f('fk_comparison_judge_id_judge')),
    sa.ForeignKeyConstraint(['left_id'], ['letter.id'], name=op.f('fk_comparison_left_id_letter')),
    sa.ForeignKeyConstraint(['right_id'], ['letter.id'], name=op.f('fk_comparison_right_id_letter')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_comparison_round_id_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comparison'))
    )
    with op.batch_alter_table('comparison', schema=None) as batch_op:
        batch_op.create_index('ix_comparison_judge', ['judge_id', 'round_id', 'position'], unique=False)
        batch_op.create_index(batch_op.f('ix_comparison_left_id'), ['left_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_comparison_right_id'), ['right_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_comparison_round_id'), ['round_id'], unique=False)

    op.create_table('decided_letter',
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_decided_letter_decision_id_decision')),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_decided_letter_letter_id_letter')),
    sa.PrimaryKeyConstraint('decision_id', 'letter_id', name=op.f('pk_decided_letter'))
    )
    op.create_table('judge_exclusion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('judge_id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('declared_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['judge_id'], ['judge.id'], name=op.f('fk_judge_exclusion_judge_id_judge'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_judge_exclusion_letter_id_letter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_judge_exclusion')),
    sa.UniqueConstraint('judge_id', 'letter_id', name=op.f('uq_judge_exclusion_judge_id_letter_id'))
    )
    with op.batch_alter_table('judge_exclusion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_judge_exclusion_letter_id'), ['letter_id'], unique=False)

    op.create_table('placing',
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.CheckConstraint('place > 0', name=op.f('ck_placing_place')),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_placing_assignment_id_assignment')),
    sa.PrimaryKeyConstraint('assignment_id', name=op.f('pk_placing'))
    )
    op.create_table('read_verdict',
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('verdict', sa.Enum('yes', 'unsure', 'no', name='verdict', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_read_verdict_assignment_id_assignment')),
    sa.PrimaryKeyConstraint('assignment_id', name=op.f('pk_read_verdict'))
    )
    op.execute('ALTER TABLE judge ADD COLUMN home_id INTEGER CONSTRAINT fk_judge_home_id_unit REFERENCES unit (id)')
    op.add_column('judge', sa.Column('left_at', sa.DateTime(timezone=True), nullable=True))
    for column, kind in TERMS.items():
        op.execute(f'ALTER TABLE round ADD COLUMN {column} {kind}')
    for statement in (*SEAL[op.get_bind().dialect.name], *ALL_WENT_ON):
        op.execute(statement)



def downgrade() -> None:
    for column in reversed(TERMS):
        op.drop_column('round', column)
    with op.batch_alter_table('judge', schema=None) as batch_op:
        batch_op.drop_column('left_at')
        batch_op.drop_column('home_id')

    op.drop_table('read_verdict')
    op.drop_table('placing')
    with op.batch_alter_table('judge_exclusion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_judge_exclusion_letter_id'))

    op.drop_table('judge_exclusion')
    op.drop_table('decided_letter')
    with op.batch_alter_table('comparison', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_comparison_round_id'))
        batch_op.drop_index(batch_op.f('ix_comparison_right_id'))
        batch_op.drop_index(batch_op.f('ix_comparison_left_id'))
        batch_op.drop_index('ix_comparison_judge')

    op.drop_table('comparison')
    op.drop_table('anchor')
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.drop_index('uq_decision_holding', sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))

    op.drop_table('decision')
    with op.batch_alter_table('judging_event', schema=None) as batch_op:
        batch_op.drop_index('ix_judging_event_round')

    op.drop_table('judging_event')
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('DROP FUNCTION judging_event_sealed()')
