"""Words, numbers and tables that all chapters share."""
