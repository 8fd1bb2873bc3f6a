-- What came in from payers during the span: one row a line of the books.
SELECT day_on, payer_id, clinician_id, patient_id, cents
FROM core_money_in
WHERE source = 'payer' AND day_on >= $from_on AND day_on < $until_on
