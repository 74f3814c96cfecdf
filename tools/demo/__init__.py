"""A zone that does not exist, with three years of figures in which everything adds up."""

from tools.demo.writing import write_demo

__all__ = ["write_demo"]
