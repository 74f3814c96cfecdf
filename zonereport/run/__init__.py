"""From the catalogue to a published edition: parameters, papermill, processes, files. Knows no indicator."""
