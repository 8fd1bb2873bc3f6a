-- What came in from patients during the span: one row a line of the books.
SELECT day_on, clinician_id, patient_id, cents
FROM core_money_in
WHERE source = 'patient' AND day_on >= $from_on AND day_on < $until_on
