-- SPDX-License-Identifier: MIT
-- infusionsoft_contacts; sql/schema.sql has all columns.
-- People the account knows: customers, prospects and everybody else who may be written to.
-- GET /v2/contacts: up to 1000 rows a request.
-- GET /v2/contacts/{id}: one row by its key.
-- Conditions that are sent, so that fewer rows come:
--   =, IN, >, >=, <, <=, ORDER BY: id
--   =, LIKE 'x%', GLOB 'x*': given_name, family_name, email, billing_locality, billing_region, middle_name, website
--   =: phone1, company_id, billing_line1, billing_postal_code, billing_country_code, lead_source_name (hidden input),
--     phone2, phone3, shipping_line1, shipping_locality, shipping_region, shipping_postal_code, shipping_country_code,
--     phone4, phone5, other_line1, other_locality, other_region, other_postal_code, other_country_code
--   ORDER BY: create_time
--   =, >, >=, <, <=, ORDER BY: update_time
-- (Down to here: written by the target write_sql.)

-- People. What most queries need: id, given_name, family_name, email, phone1, company_id, owner_id, contact_type,
-- create_time, update_time, billing_country_code, leadsource_id, score_value. Only the fields that a query names are sent,
-- so naming columns is cheaper than SELECT *. Tags, addresses, numbers and custom fields of all contacts have tables of
-- their own: contact_tag_ids, contact_addresses, contact_email_addresses, contact_phone_numbers, contact_custom_fields.

-- The newest contacts. 1 request.
SELECT id, given_name, family_name, email, create_time FROM infusionsoft_contacts ORDER BY create_time DESC LIMIT 10;

-- One contact, by number. 1 request.
SELECT given_name, family_name, email, phone1, company_name FROM infusionsoft_contacts WHERE id = 112;

-- Everybody whose first name begins with Ann, whatever the case.
SELECT id, given_name, family_name FROM infusionsoft_contacts WHERE given_name LIKE 'ann%' ORDER BY family_name;

-- What has changed since the last copy? Only these contacts are sent.
SELECT id, given_name, family_name, email, update_time FROM infusionsoft_contacts
WHERE update_time >= '2024-06-01' ORDER BY update_time;

-- Contacts that nobody has written to since spring: all contacts, and the e-mails since then.
SELECT id, given_name, family_name, email FROM infusionsoft_contacts
WHERE email IS NOT NULL
  AND id NOT IN (SELECT contact_id FROM infusionsoft_emails WHERE start_created_time = '2022-03-01' AND contact_id IS NOT NULL)
ORDER BY family_name, given_name;

-- Contacts in Germany that may be written to.
SELECT id, given_name, family_name, email FROM infusionsoft_contacts
WHERE billing_country_code = 'DEU' AND email_status IN ('SINGLE_OPT_IN', 'DOUBLE_OPT_IN', 'CONFIRMED', 'UNENGAGED_MARKETABLE');

-- E-mail addresses that more than one contact has.
SELECT lower(email) AS address, count(*) AS contacts, group_concat(id) AS ids
FROM infusionsoft_contacts WHERE email IS NOT NULL GROUP BY address HAVING count(*) > 1 ORDER BY contacts DESC;

-- How many contacts each user looks after: the contacts' pages, and the users once.
WITH people AS MATERIALIZED (SELECT id, given_name, family_name FROM infusionsoft_users)
SELECT u.given_name, u.family_name, count(*) AS contacts
FROM infusionsoft_contacts AS c LEFT JOIN people AS u ON u.id = c.owner_id GROUP BY c.owner_id ORDER BY contacts DESC;
