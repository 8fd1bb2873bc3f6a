"""What makes a bare machine ready: an environment from a lock file, and a browser for the tests."""
