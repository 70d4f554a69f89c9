-- SPDX-License-Identifier: MIT
-- infusionsoft_contact_addresses; sql/schema.sql has all columns.
-- Postal addresses of contacts: one row for each.
-- GET /v2/contacts: up to 1000 contacts a request, whose addresses are the rows.
-- Conditions that are sent, so that fewer rows come:
--   =, IN, >, >=, <, <=, ORDER BY: contact_id
--   =, >, >=, <, <=, ORDER BY: contact_update_time
-- (Down to here: written by the target write_sql.)

-- Every postal address of every contact, from the pages of the contacts. field says which: BILLING, SHIPPING or OTHER. The
-- billing and shipping addresses are also columns of contacts, where the API can filter by them.

-- All addresses of one contact. 1 request.
SELECT field, line1, postal_code, locality, country FROM infusionsoft_contact_addresses WHERE contact_id = 106;

-- Labels: the shipping address of each contact, or else the billing address.
SELECT contact_id, line1, postal_code, locality, country
FROM (SELECT *, row_number() OVER (PARTITION BY contact_id ORDER BY field = 'SHIPPING' DESC) AS place
      FROM infusionsoft_contact_addresses WHERE field IN ('SHIPPING', 'BILLING') AND line1 IS NOT NULL)
WHERE place = 1 ORDER BY contact_id;

-- Contacts by country.
SELECT country_code, count(DISTINCT contact_id) AS contacts FROM infusionsoft_contact_addresses GROUP BY 1 ORDER BY 2 DESC;

-- Addresses in one region that have changed with their contacts since 2021. Only these contacts are sent.
SELECT contact_id, field, line1, locality FROM infusionsoft_contact_addresses
WHERE region_code = 'DE-BY' AND contact_update_time >= '2021-01-01';

-- Contacts that are billed at one place and shipped to at another: their columns in contacts do.
SELECT id, given_name, family_name, billing_postal_code, shipping_postal_code FROM infusionsoft_contacts
WHERE billing_postal_code <> shipping_postal_code;
