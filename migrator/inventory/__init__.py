"""Identity, host, user, settings in scope, zone, dialect, replicas; the ledger."""
