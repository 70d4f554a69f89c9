-- SPDX-License-Identifier: MIT
-- lifetime_value: what each contact has paid for orders, less what was paid back, by currency, with the first and the last
-- order. Costs one request for each 1000 orders; with contact_id = ... just the orders of that contact are asked for.
-- Contacts who never ordered have no row.
CREATE TEMP VIEW lifetime_value AS
SELECT contact_id, total_currency AS currency, count(*) AS orders,
       round(sum(total_paid - coalesce(refund_total, 0)), 2) AS value,
       min(order_time) AS first_order, max(order_time) AS last_order
FROM infusionsoft_orders WHERE contact_id IS NOT NULL GROUP BY contact_id, total_currency;

-- The best customers.
SELECT contact_id, currency, orders, value FROM lifetime_value WHERE value > 0 ORDER BY value DESC LIMIT 10;

-- What one contact is worth. 1 request.
SELECT currency, orders, value, first_order, last_order FROM lifetime_value WHERE contact_id = 154;
