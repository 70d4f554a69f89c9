-- SPDX-License-Identifier: MIT
-- infusionsoft_payments; sql/schema.sql has all columns.
-- Payments that customers have made.
-- GET /v2/sales/payments: up to 1000 rows a request.
-- Conditions that are sent, so that fewer rows come:
--   =, IN, >, >=, <, <=, ORDER BY: id
--   =, >, >=, <, <=: amount
--   =: contact_id, merchant_account_id, merchant_account_type, order_id (hidden input), order_ids_filter (hidden input),
--     since_time (hidden input), until_time (hidden input)
-- (Down to here: written by the target write_sql.)

-- Payments of customers: id, contact_id, amount, payment_time, type, status, order_ids. amount is in major units; its
-- currency is not sent. order_ids is a list: json_each makes rows of it.

-- The last payments. 1 request.
SELECT id, contact_id, amount, type, payment_time FROM infusionsoft_payments ORDER BY id DESC LIMIT 10;

-- What one contact has paid. 1 request.
SELECT payment_time, amount, type, status FROM infusionsoft_payments WHERE contact_id = 214;

-- Payments by month since 2021. Only these are sent.
SELECT strftime('%Y-%m', payment_time) AS month, count(*) AS payments, round(sum(amount), 2) AS amount
FROM infusionsoft_payments WHERE payment_time >= '2021-01-01' GROUP BY month ORDER BY month;

-- Large payments. 1 request.
SELECT id, contact_id, amount FROM infusionsoft_payments WHERE amount > 1000 ORDER BY amount DESC;

-- Payments that were paid back.
SELECT id, contact_id, amount, refund_payment_id FROM infusionsoft_payments WHERE refund_payment_id IS NOT NULL;

-- Payments by the service they came through. 1 request for each 1000 payments.
SELECT merchant_account_type, count(*) AS payments, round(sum(amount), 2) AS amount
FROM infusionsoft_payments GROUP BY 1 ORDER BY 2 DESC;
