"""Readers of the files that offices send, one for each kind, and what they hand over."""
