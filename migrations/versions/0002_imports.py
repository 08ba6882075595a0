"""What each imported file said last time: the base that next month's file is compared with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "import_file",
        sa.Column("id", sa.Text(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("register", "file", "sheet")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("headers", "since", "answers")),
        sa.Column("batch", sa.Integer(), nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "import_row",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("file", sa.Text(), sa.ForeignKey("import_file.id"), nullable=False, index=True),
        sa.Column("row", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("line", "batch")),
        *(sa.Column(name, sa.Text()) for name in ("sheet", "said", "last")),
        sqlite_strict=True,
    )
