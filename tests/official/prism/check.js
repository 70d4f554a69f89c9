// SPDX-License-Identifier: MIT
// Every request that the tests of this folder send, before a validator that others wrote.
//
//   node check.js TESTS_OFFICIAL
//
// TESTS_OFFICIAL runs against its own mock server and writes its requests down, with the mock's verdict on each. Prism gets
// them all, with a document made from the facts; its verdict must be the same. With INFUSIONSOFT_VENDOR_DOCUMENTS=v1.json:v2.yml
// the vendor's own documents take the place of the facts. Exit code 77: Prism is not installed.
'use strict';

const fs = require('fs');
const http = require('http');
const net = require('net');
const os = require('os');
const path = require('path');
const {spawn, spawnSync} = require('child_process');
const {makeDocument} = require('./openapi');

const prism = path.join(__dirname, 'node_modules', '@stoplight', 'prism-cli', 'dist', 'index.js');
// The document says a parameter for each name, its prose a comma list: the first spelling is refused, the second taken.
const contradicting = ['/v2/opportunities', '/v2/settings/applications:getConfiguration'];

function collectRequests(binary, folder) {
  const file = path.join(folder, 'requests');
  const run = spawnSync(binary, ['Mock: every*'], {env: {...process.env, OFFICIAL_REQUESTS: file}, encoding: 'utf8'});
  if (run.status !== 0) throw new Error(`${binary} failed:\n${run.stdout}${run.stderr}`);
  return [...new Set(fs.readFileSync(file, 'utf8').trim().split('\n'))].map(line => {
    const space = line.indexOf(' ');
    return {isTaken: line.slice(0, space) === 'taken', target: line.slice(space + 1)};
  });
}

// The documents by version, and what stands before their paths.
function findDocuments(folder) {
  const given = process.env.INFUSIONSOFT_VENDOR_DOCUMENTS;
  if (given) {
    const [v1, v2] = given.split(':');
    return {v1: {file: v1, prefix: ''}, v2: {file: v2, prefix: '/rest'}};
  }
  const documents = {};
  for (const version of ['v1', 'v2']) {
    const file = path.join(folder, `${version}.json`);
    fs.writeFileSync(file, JSON.stringify(makeDocument(version)));
    documents[version] = {file, prefix: ''};
  }
  return documents;
}

function freePort() {
  return new Promise(resolve => {
    const server = net.createServer();
    server.listen(0, '127.0.0.1', () => {
      const {port} = server.address();
      server.close(() => resolve(port));
    });
  });
}

// A mock server of Prism that refuses what its document does not describe.
async function startPrism(file) {
  const port = await freePort();
  const child = spawn(process.execPath, [prism, 'mock', '--errors', '-h', '127.0.0.1', '-p', String(port), file],
    {stdio: ['ignore', 'pipe', 'pipe'], env: {...process.env, SCARF_ANALYTICS: 'false'}});
  let said = '';
  await new Promise((resolve, reject) => {
    const listen = chunk => {
      said = (said + chunk).slice(-10000);
      if (said.includes('Prism is listening')) resolve();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('exit', () => reject(new Error(`Prism ended:\n${said}`)));
  });
  return {port, stop: () => child.kill()};
}

function ask(port, target) {
  return new Promise((resolve, reject) => {
    const headers = {Authorization: 'Bearer token', Accept: '*/*'};
    http.get({host: '127.0.0.1', port, path: target, headers}, response => {
      let body = '';
      response.on('data', chunk => { body += chunk; });
      response.on('end', () => resolve({status: response.statusCode, body}));
    }).on('error', reject);
  });
}

// With --errors Prism also complains about the examples that a document has for its answers: those are not ours.
function isRefusal({status, body}) {
  if (status < 500) return status >= 400;
  const violations = status === 500 && body.startsWith('{') ? JSON.parse(body).validation || [] : [];
  return violations.some(violation => violation.location[0] !== 'response');
}

async function checkVersion(version, {file, prefix}, requests) {
  const server = await startPrism(file);
  const counts = {taken: 0, contradicting: 0, wrong: 0};
  try {
    for (const {isTaken, target} of requests.filter(request => request.target.startsWith(`/${version}/`))) {
      const answer = await ask(server.port, prefix + target);
      const isExpected = isTaken || contradicting.some(known => target.split('?')[0].startsWith(known));
      if (isRefusal(answer) !== !isTaken || !isExpected) {
        ++counts.wrong;
        console.log(`${isTaken ? 'taken' : 'refused'} by our mock: GET ${decodeURIComponent(target)}\n  Prism: ${answer.status} ${answer.body.slice(0, 400)}`);
      } else {
        ++counts[isTaken ? 'taken' : 'contradicting'];
      }
    }
  } finally {
    server.stop();
  }
  console.log(`${version}: ${counts.taken} requests taken, ${counts.contradicting} in the spelling that is refused, ${counts.wrong} judged otherwise`);
  return counts;
}

async function main() {
  if (!fs.existsSync(prism)) {
    console.log(`Prism is not installed: npm ci --prefix ${__dirname}`);
    return 77;
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'prism-'));
  try {
    const requests = collectRequests(process.argv[2], folder);
    const documents = findDocuments(folder);
    const v1 = await checkVersion('v1', documents.v1, requests);
    const v2 = await checkVersion('v2', documents.v2, requests);
    const isWhole = v1.taken > 30 && v2.taken > 300 && v2.contradicting > 0;
    if (!isWhole) console.log('fewer requests than the tables have filters');
    return isWhole && v1.wrong + v2.wrong === 0 ? 0 : 1;
  } finally {
    fs.rmSync(folder, {recursive: true});
  }
}

main().then(code => { process.exitCode = code; }, error => {
  console.error(error);
  process.exitCode = 1;
});
