-- One row a line of the books by which money came in, positive, from payers or from patients.
-- Payers: what arrived, less what they kept back. Patients: what their payment was put to, or waits unapplied.
SELECT line_id, day_on, 'payer' AS source, cents, patient_id, payer_id, charge_id, clinician_id
FROM core_book_lines
WHERE kind IN ('remittance', 'provider_adjustment') AND account = 'clearing:eft'
UNION ALL
SELECT line_id, day_on, 'patient' AS source, -cents, patient_id, NULL AS payer_id, charge_id, clinician_id
FROM core_book_lines
WHERE kind = 'payment' AND account IN ('receivable:patient', 'unapplied:patient')
