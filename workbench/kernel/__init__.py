"""Words every room uses: cents, ids, instants, refusals, settings. Imports nothing of ours."""
