"""Slides for a meeting: a finding as the title of each, charts that can be edited, sources in the notes."""
