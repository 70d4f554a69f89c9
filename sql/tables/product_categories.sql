-- SPDX-License-Identifier: MIT
-- infusionsoft_product_categories; sql/schema.sql has all columns.
-- Categories that products are filed under.
-- GET /v2/productCategories: up to 1000 rows a request.
-- GET /v2/productCategories/{id}: one row by its key.
-- Conditions that are sent, so that fewer rows come:
--   =, >, >=, <, <=, ORDER BY: id
--   =, LIKE 'x%', GLOB 'x*': name
--   =: product_id (hidden input)
-- (Down to here: written by the target write_sql.)

-- Categories of products: id, name, parent_category_id. Which products are in which is in assigned_product_categories.
-- product_id is a hidden input.

-- All categories. 1 request.
SELECT id, name, parent_category_id FROM infusionsoft_product_categories ORDER BY name;

-- One category, by number. 1 request.
SELECT name FROM infusionsoft_product_categories WHERE id = 11111;

-- Categories with a name that begins with A. 1 request.
SELECT id, name FROM infusionsoft_product_categories WHERE name LIKE 'a%';

-- Categories by the number of their products. 2 requests.
WITH assigned AS MATERIALIZED (SELECT product_category_id, product_ids FROM infusionsoft_assigned_product_categories)
SELECT c.name, coalesce(json_array_length(a.product_ids), 0) AS products
FROM infusionsoft_product_categories AS c LEFT JOIN assigned AS a ON a.product_category_id = c.id ORDER BY products DESC, c.name;
