"""The page over all reports: one file, offline, searchable."""
