"""What runs by itself, month by month: the inbox, what is due, who is told, and when."""
