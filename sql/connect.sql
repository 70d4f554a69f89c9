-- SPDX-License-Identifier: MIT
-- Connecting to an account of your own. Fill in your application's key (the developer portal lists it), then:
--
--   export KEAP_SECRET='your application's secret'
--   sqlite3 -cmd '.load build/release/infusionsoft' -init sql/connect.sql
--
-- env:KEAP_SECRET is read from the environment, so that the secret stands neither in this file nor in a database.
-- The first query opens the sign-in page in the browser; after that the token is refreshed without asking.
SELECT infusionsoft_connect(
  'Profile=C:\profiles\Infusionsoft.apip;Authscheme=OAuth;InitiateOAuth=GETANDREFRESH;' ||
  'OAuthClientId=your_client_id;OAuthClientSecret=env:KEAP_SECRET;');

-- With a personal access token or a service account key there is no sign-in, and no application is needed:
--   export KEAP_TOKEN='...'
-- SELECT infusionsoft_connect('AuthScheme=APIKEY;APIKey=env:KEAP_TOKEN');

-- Short names, for this session only.
CREATE TEMP VIEW contacts AS SELECT * FROM infusionsoft_contacts;
CREATE TEMP VIEW orders AS SELECT * FROM infusionsoft_orders;
.mode box
