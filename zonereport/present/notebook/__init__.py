"""What a chapter does for whoever runs it in a notebook: completion, errors of one line, parameters that exist."""

from zonereport.present.notebook.attending import attend

__all__ = ["attend"]
