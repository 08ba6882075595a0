"""Which files the wizard reads, and what a block from the clipboard is called among them."""

from __future__ import annotations

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".ics")
CLIPBOARD = "Clipboard"
