"""The risk appetite of a portfolio: the score from which a risk is more than it wants to bear."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("settings", sa.Column("risk_appetite", sa.Integer()))
