"""deepsix: works out why a hip or buttock hurts, says how sure it is and why, and how soon to see someone."""
