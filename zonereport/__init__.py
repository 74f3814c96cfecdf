"""The analytical report of an economic development zone (经济开发区).

Monthly numbers go in through ``inputs``, ``metrics`` turns them into one frame of measures, the
chapters in ``notebooks/`` say what they mean with ``present``, ``run`` executes them with papermill and
``publish`` makes HTML pages and PDFs with nbconvert: a brief and a report.
"""

__version__ = "0.3.0"
