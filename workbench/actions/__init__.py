"""What the product can do: one verb a file, each through the gate. List this folder to know it."""
