"""What leaves a record and what may not: Part 2 marks and consents, restrictions, amendments, releases, disclosures."""
