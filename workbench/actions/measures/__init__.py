"""What can be done with measures and the alerts they raise."""
