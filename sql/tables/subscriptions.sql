-- SPDX-License-Identifier: MIT
-- infusionsoft_subscriptions; sql/schema.sql has all columns.
-- Subscriptions of contacts.
-- GET /v2/subscriptions: up to 1000 rows a request.
-- GET /v2/subscriptions/{id}: one row by its key.
-- Conditions that are sent, so that fewer rows come:
--   =, IN, >, >=, <, <=, ORDER BY: id
--   =: contact_id, status (hidden input)
--   =, IN: subscription_plan_id
-- (Down to here: written by the target write_sql.)

-- What contacts have subscribed to: id, contact_id, product_id, active, billing_amount, billing_cycle, billing_frequency,
-- next_bill_date, end_date. Dates are text, 2026-01-31. Whether billing_amount is in major or minor units, the vendor's
-- documents leave open: compare it with an order of your own before you add it up. status is a hidden input.

-- The subscriptions of one contact. 1 request.
SELECT id, product_id, active, billing_amount, next_bill_date FROM infusionsoft_subscriptions WHERE contact_id = 214;

-- Subscriptions by plan, active ones. 1 request for each 1000 subscriptions.
SELECT subscription_plan_id, count(*) AS subscriptions
FROM infusionsoft_subscriptions WHERE active = 1 GROUP BY 1 ORDER BY 2 DESC;

-- What is billed next.
SELECT id, contact_id, next_bill_date, billing_amount FROM infusionsoft_subscriptions
WHERE active = 1 AND next_bill_date IS NOT NULL ORDER BY next_bill_date LIMIT 10;

-- Why subscriptions were stopped.
SELECT reason_stopped, count(*) AS subscriptions FROM infusionsoft_subscriptions WHERE active = 0 GROUP BY 1 ORDER BY 2 DESC;

-- Subscriptions that are not charged by themselves.
SELECT id, contact_id, billing_cycle FROM infusionsoft_subscriptions WHERE active = 1 AND auto_charge = 0;
