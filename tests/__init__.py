"""What the product is held to. The folders mirror the rooms; `architecture` holds the house itself to its plan."""
