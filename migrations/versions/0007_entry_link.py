"""What became of which entry, across registers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

NAMES = ("kind", "from_register", "from_row", "from_called", "to_register", "to_row", "to_called")


def upgrade() -> None:
    op.create_table(
        "entry_link",
        sa.Column("id", sa.Text(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in NAMES),
        sqlite_strict=True,
    )
