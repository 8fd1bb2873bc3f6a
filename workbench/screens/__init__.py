"""What a person sees now: one file a screen, frozen rows, across domains. Reads only."""
