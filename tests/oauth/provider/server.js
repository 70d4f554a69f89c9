// SPDX-License-Identifier: MIT
// node server.js: a certified OAuth server that this project did not write, with an API of two contacts behind its tokens.
//
// Prints "listening on port N" and ends with its standard input. Codes demand PKCE, refresh tokens rotate, and one that is used
// twice ends its whole grant. POST /advance?seconds=N moves this server's clock.
import { createServer } from 'node:http';

import Provider from 'oidc-provider';

const realNow = Date.now;
let ahead = 0;
Date.now = () => realNow() + ahead;

const contacts = [
  { id: '1', given_name: 'Ann' },
  { id: '2', given_name: 'Ben' },
];

function answer(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function serveApi(provider, request, response) {
  const [, bearer] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  const token = bearer && ((await provider.AccessToken.find(bearer)) ?? (await provider.ClientCredentials.find(bearer)));
  if (!token || token.isExpired) {
    answer(response, 401, { fault: { faultstring: 'Invalid Access Token', detail: { errorcode: 'oauth.v2.InvalidAccessToken' } } });
  } else if (request.url.startsWith('/crm/rest/v2/contacts?')) {
    answer(response, 200, { contacts, next_page_token: '' });
  } else {
    answer(response, 404, { message: 'not found' });
  }
}

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [
      {
        client_id: 'your_client_id',
        client_secret: 'your_client_secret',
        application_type: 'native', // the port of a redirect URI on this machine may differ
        redirect_uris: ['http://127.0.0.1/callback'],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
      {
        client_id: 'an application: by itself',
        client_secret: 'SECRET+of/the=application %41',
        redirect_uris: [],
        grant_types: ['client_credentials'],
        response_types: [],
      },
    ],
    scopes: ['openid', 'offline_access', 'full'],
    features: { clientCredentials: { enabled: true }, devInteractions: { enabled: true }, revocation: { enabled: true } },
    pkce: { methods: ['S256'], required: () => true },
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    ttl: { AccessToken: 3600, AuthorizationCode: 60, ClientCredentials: 3600, Grant: 86400, Interaction: 600, RefreshToken: 86400, Session: 86400 },
    cookies: { keys: ['only for tests'] },
  });
  const serveOAuth = provider.callback();
  server.on('request', (request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    if (url.pathname === '/advance') {
      ahead += 1000 * Number(url.searchParams.get('seconds'));
      answer(response, 200, {});
    } else if (url.pathname.startsWith('/crm/')) {
      serveApi(provider, request, response);
    } else {
      serveOAuth(request, response);
    }
  });
  console.log(`listening on port ${port}`);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
