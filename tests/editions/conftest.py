"""The fixtures of the small zone."""

from tests.smallzone import call, figures, send, small, warm

__all__ = ["call", "figures", "send", "small", "warm"]
