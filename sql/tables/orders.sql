-- SPDX-License-Identifier: MIT
-- infusionsoft_orders; sql/schema.sql has all columns.
-- Orders of contacts, with what was bought and what was paid.
-- GET /v2/orders: up to 1000 rows a request.
-- GET /v2/orders/{id}: one row by its key.
-- Conditions that are sent, so that fewer rows come:
--   =, IN, >, >=, <, <=, ORDER BY: id
--   =, LIKE 'x%', GLOB 'x*': title
--   =: contact_id, order_type, invoice_id, product_id (hidden input), invoice_xid (hidden input), paid (hidden input),
--     shipping_locality, shipping_region_code, shipping_postal_code, shipping_country_code
--   ORDER BY: order_time
--   =, >, >=, <, <=: creation_time
--   =, >, >=, <, <=, ORDER BY: modification_time
-- (Down to here: written by the target write_sql.)

-- Orders: id, title, contact_id, status, order_time, creation_time, total, total_paid, total_currency, refund_total,
-- invoice_number. Amounts are in major units, each with its currency beside it. status is no filter of the API; paid,
-- product_id and invoice_xid are hidden inputs. The items of all orders are in order_items, the payments of one in
-- order_payments.

-- The last orders. 1 request.
SELECT id, title, contact_given_name, contact_family_name, total, total_currency, status FROM infusionsoft_orders
ORDER BY order_time DESC LIMIT 10;

-- The orders of one contact. 1 request.
SELECT id, order_time, title, total, total_currency, status FROM infusionsoft_orders WHERE contact_id = 154;

-- Revenue by month since 2023, by currency. Only orders since then are sent.
SELECT strftime('%Y-%m', creation_time) AS month, total_currency, count(*) AS orders, round(sum(total_paid), 2) AS paid
FROM infusionsoft_orders WHERE creation_time >= '2023-01-01' GROUP BY month, total_currency ORDER BY month;

-- Orders that are not paid, and how long they have been due.
SELECT id, contact_email, total - total_paid AS open, total_currency,
       CAST(julianday('now') - julianday(due_time) AS INTEGER) AS days
FROM infusionsoft_orders WHERE paid = 0 AND due_time IS NOT NULL ORDER BY due_time;

-- Who has bought a product? 1 request.
SELECT DISTINCT contact_id, contact_email FROM infusionsoft_orders WHERE product_id = 9155;

-- What a promotional code brought in.
SELECT upper(promo_code) AS code, count(*) AS orders, total_currency, round(sum(total), 2) AS total
FROM infusionsoft_orders WHERE promo_code IS NOT NULL GROUP BY code, total_currency ORDER BY orders DESC;

-- Customers who came back: more than one paid order.
SELECT contact_id, contact_email, count(*) AS orders, min(order_time) AS first, max(order_time) AS last
FROM infusionsoft_orders WHERE status = 'PAID' GROUP BY contact_id HAVING count(*) > 1 ORDER BY orders DESC;
