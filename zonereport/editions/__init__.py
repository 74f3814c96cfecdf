"""What leaves the house under a number: checked and issued editions, what changed between two, whether one is whole."""
