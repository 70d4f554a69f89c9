-- SPDX-License-Identifier: MIT
-- infusionsoft_transactions; sql/schema.sql has all columns.
-- Transactions at payment services.
-- GET /v2/sales/transactions: up to 1000 rows a request.
-- Conditions that are sent, so that fewer rows come:
--   =, >, >=, <, <=: amount
--   =: status, contact_id, transaction_method, is_successful, merchant_account_id, merchant_account_type,
--     order_id (hidden input), since_time (hidden input), until_time (hidden input)
-- (Down to here: written by the target write_sql.)

-- What payment services did: transaction_time, contact_id, amount, status, transaction_method, is_successful, error_details.
-- A transaction has no number of its own.

-- The transactions of one contact. 1 request.
SELECT transaction_time, transaction_method, amount, status FROM infusionsoft_transactions WHERE contact_id = 214;

-- Charges that failed since 2021, and why. 1 request.
SELECT transaction_time, contact_email, amount, error_details FROM infusionsoft_transactions
WHERE is_successful = 0 AND transaction_time >= '2021-01-01' ORDER BY transaction_time DESC;

-- What was paid back. 1 request.
SELECT transaction_time, contact_id, amount FROM infusionsoft_transactions WHERE transaction_method = 'REFUND';

-- Transactions by state. 1 request for each 1000 transactions.
SELECT status, count(*) AS transactions, round(sum(amount), 2) AS amount
FROM infusionsoft_transactions GROUP BY 1 ORDER BY 2 DESC;

-- Cards that were used, by brand.
SELECT payment_method_card_info_brand AS brand, count(*) AS transactions FROM infusionsoft_transactions
WHERE brand IS NOT NULL GROUP BY brand ORDER BY 2 DESC;
