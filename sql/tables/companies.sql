-- SPDX-License-Identifier: MIT
-- infusionsoft_companies; sql/schema.sql has all columns.
-- Companies that contacts belong to.
-- GET /v2/companies: up to 1000 rows a request.
-- Conditions that are sent, so that fewer rows come:
--   =, >, >=, <, <=, ORDER BY: id
--   =, LIKE 'x%', GLOB 'x*': company_name, address_locality, address_region
--   =: email
--   ORDER BY: create_time
--   =, >, >=, <, <=: update_time
-- (Down to here: written by the target write_sql.)

-- Companies that contacts work for: id, company_name, email, phone, website, owner_id, address_locality,
-- address_country_code. The contacts of a company have its number in company_id.

-- One company, by name. 1 request.
SELECT id, company_name, phone, website FROM infusionsoft_companies WHERE company_name = 'Soylent 236';

-- The contacts of a company. 2 requests.
SELECT id, given_name, family_name, email FROM infusionsoft_contacts
WHERE company_id = (SELECT id FROM infusionsoft_companies WHERE company_name = 'Soylent 236');

-- Companies in a town. 1 request.
SELECT company_name, address_line1, address_postal_code FROM infusionsoft_companies WHERE address_locality LIKE 'M%';

-- Companies that have changed since 2024.
SELECT id, company_name, update_time FROM infusionsoft_companies WHERE update_time >= '2024-01-01' ORDER BY update_time DESC;

-- How many contacts work for each company: the contacts' pages are read, the companies' once.
WITH workers AS MATERIALIZED (
  SELECT company_id, count(*) AS contacts FROM infusionsoft_contacts WHERE company_id IS NOT NULL GROUP BY company_id)
SELECT c.company_name, coalesce(w.contacts, 0) AS contacts
FROM infusionsoft_companies AS c LEFT JOIN workers AS w ON w.company_id = c.id ORDER BY contacts DESC, c.company_name;
