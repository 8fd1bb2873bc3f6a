"""What the author of psychotherapy notes does with them. Nobody else does anything with them."""
