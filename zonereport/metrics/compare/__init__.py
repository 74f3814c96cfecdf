"""The zone against others and against itself: ranks, classes, marks, an index, what improved and what worries."""
