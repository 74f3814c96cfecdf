"""The annex as a workbook: a sheet a table or chart, figures as numbers."""
