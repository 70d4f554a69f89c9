-- SPDX-License-Identifier: MIT
-- infusionsoft_products; sql/schema.sql has all columns.
-- Products that can be ordered.
-- GET /v2/products: up to 1000 rows a request.
-- Conditions that are sent, so that fewer rows come:
--   =, IN, >, >=, <, <=: id
--   =, LIKE 'x%', GLOB 'x*': name, sku, short_description, description
--   ORDER BY: update_time
-- (Down to here: written by the target write_sql.)

-- What can be ordered: id, name, sku, price, price_currency, active, categories, inventory_limit. categories is a list of
-- numbers: json_each makes rows of it. Subscription plans of a product are in product_subscriptions.

-- The catalogue. 1 request for each 1000 products.
SELECT sku, name, price, price_currency FROM infusionsoft_products WHERE active = 1 ORDER BY name;

-- One product, by article code. 1 request.
SELECT id, name, price, price_currency FROM infusionsoft_products WHERE sku = 'PROD-1018';

-- Products with a name that begins with Basic. 1 request.
SELECT id, name FROM infusionsoft_products WHERE name LIKE 'basic%';

-- Products of each category.
SELECT category.value AS category_id, count(*) AS products, group_concat(p.name, '; ') AS names
FROM infusionsoft_products AS p, json_each(p.categories) AS category GROUP BY 1 ORDER BY 2 DESC;

-- Products that nobody has ordered.
SELECT id, name FROM infusionsoft_products
WHERE id NOT IN (SELECT product_id FROM infusionsoft_order_items WHERE product_id IS NOT NULL) ORDER BY name;

-- What has changed in the catalogue lately. 1 request.
SELECT id, name, update_time FROM infusionsoft_products ORDER BY update_time DESC LIMIT 10;
