-- What came in during the span: one row a line of the books.
SELECT day_on, source, payer_id, clinician_id, patient_id, cents
FROM core_money_in
WHERE day_on >= $from_on AND day_on < $until_on
