-- SPDX-License-Identifier: MIT
-- primary_addresses: one postal address for each contact: the billing address, or else the shipping address, or else the
-- other one. Costs one request for each 1000 contacts; with contact_id = ... or IN (...) just those contacts are asked for.
-- A contact without an address has no row.
--
-- Like all views here it is TEMP, for this session: the tables cannot be used from views of a database file.
CREATE TEMP VIEW primary_addresses AS
SELECT contact_id, field, line1, line2, postal_code, locality, region, region_code, country, country_code
FROM (SELECT *, row_number() OVER (PARTITION BY contact_id
                                   ORDER BY CASE field WHEN 'BILLING' THEN 1 WHEN 'SHIPPING' THEN 2 ELSE 3 END) AS place
      FROM infusionsoft_contact_addresses WHERE line1 IS NOT NULL)
WHERE place = 1;

-- The addresses of some contacts. 1 request.
SELECT contact_id, line1, postal_code, locality, country FROM primary_addresses WHERE contact_id IN (106, 112, 131);

-- Where the contacts live.
SELECT country_code, count(*) AS contacts FROM primary_addresses GROUP BY country_code ORDER BY contacts DESC;
