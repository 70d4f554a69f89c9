// SPDX-License-Identifier: MIT
// A gateway that signs users in by NTLM (express-ntlm) and asks the API in its own name. express-ntlm without a domain
// controller lets every password in, so this checks names only.
//   node ntlm_server.js ORIGIN AUTHORIZATION DOMAIN\USER
// prints "port N" when it listens, and a line for each request.
'use strict';
const http = require('http');
const ntlm = require('express-ntlm')({ domain: 'NONE' });

const [origin, authorization, expected] = process.argv.slice(2);

function forward(request, response) {
  http.get(origin + request.url, { headers: { authorization, accept: 'application/json' } }, (answer) => {
    response.writeHead(answer.statusCode, { 'content-type': answer.headers['content-type'] });
    answer.pipe(response);
  });
}

const server = http.createServer((request, response) => {
  response.locals = {};
  console.log(request.headers.authorization ? 'handshake' : 'bare');
  ntlm(request, response, () => {
    const user = request.ntlm.DomainName + '\\' + request.ntlm.UserName;
    if (user === expected) return forward(request, response);
    response.writeHead(401, { 'content-type': 'text/plain' });
    response.end('no such user');
  });
});
server.keepAliveTimeout = 60000;
server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
