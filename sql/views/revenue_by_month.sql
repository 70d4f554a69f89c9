-- SPDX-License-Identifier: MIT
-- revenue_by_month: what the orders of each month came to, what was paid of it and what was paid back, by currency. A month
-- is one of UTC, by the time for which the order is dated. Costs one request for each 1000 orders, whatever months are asked
-- for: the API does not filter by that time. For a short time of a large account, sql/tables/orders.sql has a query by
-- creation_time, which it does filter by.
CREATE TEMP VIEW revenue_by_month AS
SELECT strftime('%Y-%m', order_time) AS month, total_currency AS currency, count(*) AS orders,
       round(sum(total), 2) AS ordered, round(sum(total_paid), 2) AS paid, round(sum(refund_total), 2) AS refunded
FROM infusionsoft_orders GROUP BY month, currency;

-- This year and the years before, month by month.
SELECT * FROM revenue_by_month ORDER BY month DESC, currency;

-- The best month in each currency.
SELECT currency, month, max(paid) AS paid FROM revenue_by_month GROUP BY currency;
