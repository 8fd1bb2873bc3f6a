"""What staff see: the shell, its parts and the pages. Screens and marts say what is true; here it is only shown."""
