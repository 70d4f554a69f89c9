-- SPDX-License-Identifier: MIT
-- infusionsoft_order_payments; sql/schema.sql has all columns.
-- Payments of an order.
-- GET /v2/orders/{order_id}/payments: up to 1000 rows a request; without order_id, once for each row of infusionsoft_orders.
-- Conditions that are sent, so that fewer rows come:
--   =: order_id, invoice_id, payment_id, pay_status, skip_commission
-- (Down to here: written by the target write_sql.)

-- The payments of one order. Give order_id: without it there is one request for each order. All payments of the account,
-- without one request for each order, are in payments.

-- What was paid for an order. 1 request.
SELECT pay_time, pay_status, amount, note FROM infusionsoft_order_payments WHERE order_id = 8103 ORDER BY pay_time;

-- Failed payments of an order. 1 request.
SELECT id, amount, pay_time FROM infusionsoft_order_payments WHERE order_id = 8103 AND pay_status = 'FAILED';

-- Payments of an order that bring no commission. 1 request.
SELECT count(*) FROM infusionsoft_order_payments WHERE order_id = 8103 AND skip_commission = 1;

-- The payments of one contact's orders: one request for the orders, one for each of them.
SELECT o.title, p.pay_time, p.pay_status, p.amount
FROM (SELECT id, title FROM infusionsoft_orders WHERE contact_id = 154) AS o
JOIN infusionsoft_order_payments AS p ON p.order_id = o.id ORDER BY p.pay_time;
