"""What waits in the inbox, claiming it, and the ledger of what was processed."""
