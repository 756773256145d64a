"""Fair marks: what a round ranks by, model runs with their figures, kind notes to judges."""

import sqlalchemy as sa
from alembic import op

revision = '5c1e0d7a42b9'
down_revision = '3f61c0a98d27'
branch_labels = None
depends_on = None

# In plain SQL, alike on both engines (see the migration of rounds). Rounds that are there rank as was said when they were
# planned: by the plain means.
TERMS = {
    'ranked_by': "VARCHAR(32) DEFAULT 'raw' NOT NULL CONSTRAINT ck_round_rankedby CHECK (ranked_by IN ('fair', 'raw'))",
    'severity_model': "VARCHAR(32) DEFAULT 'automatic' NOT NULL CONSTRAINT ck_round_severitymodel "
    "CHECK (severity_model IN ('automatic', 'additive', 'rasch'))",
}
MODEL = sa.Enum('rasch', 'additive', name='model', native_enum=False, create_constraint=True, length=32)
COMPANY = sa.Enum(
    'sterner', 'milder', 'mixed', 'usual', name='company', native_enum=False, create_constraint=True, length=32
)


def upgrade() -> None:
    for column, kind in TERMS.items():
        op.execute(f'ALTER TABLE round ADD COLUMN {column} {kind}')
    op.create_table('model_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('model', MODEL, nullable=False),
    sa.Column('method', sa.String(length=32), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('absent', sa.JSON(), nullable=False),
    sa.Column('inputs', sa.String(length=64), nullable=False),
    sa.Column('results', sa.String(length=64), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('milliseconds', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_model_run_round_id_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_model_run'))
    )
    op.create_index('ix_model_run_round', 'model_run', ['round_id', 'position'], unique=False)
    op.create_table('letter_measure',
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('reads', sa.Integer(), nullable=False),
    sa.Column('raw', sa.Float(), nullable=False),
    sa.Column('fair', sa.Float(), nullable=False),
    sa.Column('error', sa.Float(), nullable=False),
    sa.Column('of_judges', sa.Float(), nullable=False),
    sa.Column('of_rest', sa.Float(), nullable=False),
    sa.Column('company', COMPANY, nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_letter_measure_letter_id_letter')),
    sa.ForeignKeyConstraint(['run_id'], ['model_run.id'], name=op.f('fk_letter_measure_run_id_model_run')),
    sa.PrimaryKeyConstraint('run_id', 'letter_id', name=op.f('pk_letter_measure'))
    )
    op.create_table('judge_measure',
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('judge_id', sa.Integer(), nullable=False),
    sa.Column('reads', sa.Integer(), nullable=False),
    sa.Column('severity', sa.Float(), nullable=False),
    sa.Column('severity_error', sa.Float(), nullable=False),
    sa.Column('taken', sa.Float(), nullable=False),
    sa.Column('taken_error', sa.Float(), nullable=False),
    sa.Column('infit', sa.Float(), nullable=True),
    sa.Column('outfit', sa.Float(), nullable=True),
    sa.Column('mean', sa.Float(), nullable=False),
    sa.Column('spread', sa.Float(), nullable=True),
    sa.Column('agreement', sa.Float(), nullable=True),
    sa.ForeignKeyConstraint(['judge_id'], ['judge.id'], name=op.f('fk_judge_measure_judge_id_judge')),
    sa.ForeignKeyConstraint(['run_id'], ['model_run.id'], name=op.f('fk_judge_measure_run_id_model_run')),
    sa.PrimaryKeyConstraint('run_id', 'judge_id', name=op.f('pk_judge_measure'))
    )
    op.create_table('judge_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('judge_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('written_by', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['judge_id'], ['judge.id'], name=op.f('fk_judge_note_judge_id_judge')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_judge_note_round_id_round')),
    sa.ForeignKeyConstraint(['written_by'], ['person.id'], name=op.f('fk_judge_note_written_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_judge_note'))
    )
    op.create_index('ix_judge_note_judge', 'judge_note', ['judge_id', 'round_id'], unique=False)
    op.create_index('ix_job_name', 'job', ['name', 'state'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_job_name', table_name='job')
    op.drop_table('judge_note')
    op.drop_table('judge_measure')
    op.drop_table('letter_measure')
    op.drop_table('model_run')
    for column in reversed(TERMS):
        op.drop_column('round', column)
