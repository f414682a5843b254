"""onrecord reads news reports and keeps the record."""
