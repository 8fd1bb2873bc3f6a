-- warning: No claim was paid more than it charged.
SELECT count(*) FROM changed_claims WHERE paid_cents > charged_cents
