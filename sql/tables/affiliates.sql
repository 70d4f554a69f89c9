-- SPDX-License-Identifier: MIT
-- infusionsoft_affiliates; sql/schema.sql has all columns.
-- Referral partners, who are paid for the leads and sales they bring.
-- GET /v2/affiliates: up to 1000 rows a request.
-- GET /v2/affiliates/{id}: one row by its key.
-- Conditions that are sent, so that fewer rows come:
--   =, >, >=, <, <=, ORDER BY: id
--   =: code, status, contact_id, referral_contact_id (hidden input)
--   =, LIKE 'x%', GLOB 'x*': name
-- (Down to here: written by the target write_sql.)

-- Referral partners: id, code, name, status, contact_id, parent_affiliate_id. What they earned is in affiliate_summaries
-- (all at once) and affiliate_commissions (one request for each affiliate).

-- Partners in use. 1 request.
SELECT id, code, name, contact_id FROM infusionsoft_affiliates WHERE status = 'ACTIVE' ORDER BY name;

-- One partner, by code. 1 request.
SELECT id, name FROM infusionsoft_affiliates WHERE code = 'DD';

-- What partners have earned and are owed. 2 requests.
WITH partners AS MATERIALIZED (SELECT id, name FROM infusionsoft_affiliates)
SELECT p.name, s.amount_earned, s.clawbacks, s.balance
FROM infusionsoft_affiliate_summaries AS s JOIN partners AS p ON p.id = s.affiliate_id ORDER BY s.balance DESC;

-- The commissions of one partner since 2021. 1 request.
SELECT time_earned, product_name, amount_earned FROM infusionsoft_affiliate_commissions
WHERE affiliate_id = 11103 AND time_earned >= '2021-01-01' ORDER BY time_earned;

-- The first partners with the names of their contacts: one request for the partners, one for each contact.
SELECT a.code, c.given_name, c.family_name, c.email
FROM (SELECT code, contact_id FROM infusionsoft_affiliates WHERE contact_id IS NOT NULL ORDER BY id LIMIT 5) AS a
JOIN infusionsoft_contacts AS c ON c.id = a.contact_id;
