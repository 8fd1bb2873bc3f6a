"""What can be done with the chart."""
