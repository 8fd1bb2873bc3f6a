-- warning: Every receivable names the charge it is for, so that it has an age.
SELECT count(*) FROM changed_ledger_lines WHERE account LIKE 'receivable:%' AND charge_id IS NULL
