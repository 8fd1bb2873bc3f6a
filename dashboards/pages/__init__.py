"""One file a page: its state, what it shows, one call for each verb. Built from callables; decides nothing."""
