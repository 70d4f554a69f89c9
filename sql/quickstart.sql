-- SPDX-License-Identifier: MIT
-- A first look at an account. Needs a loaded extension and a connection: sql/quickstart.sh or sql/connect.sql.
.mode box
.echo on

SELECT name, list_request AS request, columns FROM infusionsoft_tables;

SELECT id, given_name, family_name, email FROM infusionsoft_contacts WHERE given_name LIKE 'a%' ORDER BY id LIMIT 5;

CREATE TEMP TABLE region_manager(country_code TEXT, manager TEXT);
INSERT INTO region_manager VALUES ('USA', 'Maria'), ('CAN', 'Jean'), ('AUS', 'Olivia'), ('GBR', 'Hugh'), ('DEU', 'Anna');

SELECT m.manager, count(*) AS contacts
FROM infusionsoft_contacts AS c JOIN region_manager AS m ON m.country_code = c.billing_country_code
GROUP BY m.manager ORDER BY contacts DESC;

SELECT o.status, count(*) AS orders, total_currency AS currency, round(sum(o.total), 2) AS total
FROM infusionsoft_orders AS o GROUP BY o.status, o.total_currency ORDER BY orders DESC LIMIT 5;

EXPLAIN QUERY PLAN
SELECT id, email FROM infusionsoft_contacts WHERE update_time >= '2024-01-01' AND email LIKE 'ann%' LIMIT 50;

SELECT id, method || ' ' || path AS request, query, rows, status FROM infusionsoft_requests;
