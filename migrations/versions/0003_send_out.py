"""Send-outs: which workbook went to whom, in which state, and when it was answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "send_out",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("person", sa.Text(), sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("sent_on", sa.Text(), nullable=False),
        sa.Column("due", sa.Text()),
        sa.Column("registers", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Text()),
        sa.Column("answer", sa.Text()),
        sa.Column("answered_batch", sa.Integer()),
        sqlite_strict=True,
    )
