"""The analyst's desk in JupyterLab: copies of the chapters to work in, a place to explore, a door for workbooks."""

from zonereport.desk.editions import editions

__all__ = ["editions"]
