"""Claims to payers and what payers answer: who covers whom, what was sent, what a remittance says about it."""
