"""Files that several people and programs share: names, locks, changes that happen whole or not at all."""
