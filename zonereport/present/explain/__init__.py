"""这个数怎么来的: a figure as a tree of what it is made of, down to the cells of the books that came in."""

from zonereport.present.explain.node import Node
from zonereport.present.explain.tree import explain
from zonereport.present.explain.wanted import explain_rank

__all__ = ["Node", "explain", "explain_rank"]
