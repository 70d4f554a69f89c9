-- SPDX-License-Identifier: MIT
-- infusionsoft_order_items; sql/schema.sql has all columns.
-- Items of orders: one row for each, from the pages of the orders.
-- GET /v2/orders: up to 1000 orders a request, whose order_items are the rows.
-- Conditions that are sent, so that fewer rows come:
--   =, IN, >, >=, <, <=, ORDER BY: order_id
--   =: contact_id
--   ORDER BY: order_time
--   =, >, >=, <, <=: order_creation_time
--   =, >, >=, <, <=, ORDER BY: order_modification_time
-- (Down to here: written by the target write_sql.)

-- What was ordered, from the pages of the orders: order_id, name, item_type, quantity, product_id, price_per_unit, and of
-- the order contact_id, order_time and order_status.

-- The items of one order. 1 request.
SELECT name, quantity, price_per_unit, price_per_unit_currency FROM infusionsoft_order_items WHERE order_id = 8108;

-- What one contact has bought. 1 request.
SELECT order_time, name, quantity FROM infusionsoft_order_items WHERE contact_id = 214 ORDER BY order_time DESC;

-- Products by revenue, since 2023. Only orders since then are sent.
SELECT product_id, product_name, sum(quantity) AS sold, price_per_unit_currency AS currency,
       round(sum(quantity * price_per_unit), 2) AS revenue
FROM infusionsoft_order_items WHERE order_creation_time >= '2023-01-01' GROUP BY product_id, currency ORDER BY revenue DESC;

-- What is bought together: pairs of products in one order.
WITH items AS MATERIALIZED (
  SELECT DISTINCT order_id, product_id, product_name FROM infusionsoft_order_items WHERE product_id IS NOT NULL)
SELECT a.product_name, b.product_name AS with_product, count(*) AS orders
FROM items AS a JOIN items AS b ON b.order_id = a.order_id AND b.product_id > a.product_id
GROUP BY 1, 2 ORDER BY orders DESC;

-- Kinds of items, and their discounts.
SELECT item_type, count(*) AS items, round(sum(discount), 2) AS discount
FROM infusionsoft_order_items GROUP BY 1 ORDER BY 2 DESC;
