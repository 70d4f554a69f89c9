// SPDX-License-Identifier: MIT
// An OpenAPI document made from the facts in ../v1.json or ../v2.json: what a request may look like, and no more.
'use strict';

const fs = require('fs');
const path = require('path');

const folder = path.join(__dirname, '..');
const read = name => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
const literal = text => text.replace(/[.*+?^${}()|[\]\\\/]/g, '\\$&');
const either = words => '(?:' + words.map(literal).join('|') + ')';

// What may stand behind the operator of a filter.
function valuePattern(filter, name) {
  const single = filter.words ? either(filter.words)
    : filter.boolean ? '(?:true|false)'
    : /_time$/.test(name) ? '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z'
    : '[^;*' + (filter.set ? ',' : '') + ']+' + (filter.prefix ? '\\*?' : '');
  const values = filter.set ? `${single}(?:,${single})*` : single;
  return filter.none ? `(?:${values}|${literal(filter.none)})` : values;
}

function filterPattern(filters) {
  const clauses = Object.entries(filters.fields).map(([name, filter]) =>
    literal(name) + either(filter.operators || ['==']) + valuePattern(filter, name));
  const clause = '(?:' + clauses.join('|') + ')';
  return `^${clause}(?:;${clause})*$`;
}

function schemaOf(facts, name, operation, filters) {
  if (facts.type === 'array') {
    const names = name === 'fields' ? operation.fields : facts.words;
    return {type: 'array', items: names ? {type: 'string', enum: names} : {type: 'string'}};
  }
  const schema = {type: facts.type};
  if (facts.words) schema.enum = facts.words;
  if (facts.min !== undefined) schema.minimum = facts.min;
  if (facts.max !== undefined) schema.maximum = facts.max;
  if (name === 'order_by' && operation.order_by) schema.pattern = `^${either(operation.order_by)} (?:asc|desc)$`;
  if (name === 'filter' && filters && Object.keys(filters.fields).length > 0) schema.pattern = filterPattern(filters);
  return schema;
}

function queryParameter([name, facts], operation, filters) {
  return {
    name,
    in: 'query',
    required: facts.required === true,
    style: 'form',
    explode: facts.repeats === true,
    schema: schemaOf(facts, name, operation, filters),
  };
}

function pathParameters(text) {
  return [...text.matchAll(/\{([^}]+)\}/g)].map(found => ({
    name: found[1], in: 'path', required: true, schema: {type: 'string', minLength: 1},
  }));
}

function makeDocument(version) {
  const facts = read(`${version}.json`);
  const filters = version === 'v2' ? read('v2_filters.json') : {};
  const paths = {};
  for (const operation of facts.operations) {
    const query = Object.entries(operation.query).map(entry => queryParameter(entry, operation, filters[operation.path]));
    paths[operation.path] = {
      get: {
        parameters: [...pathParameters(operation.path), ...query],
        security: [{bearer: []}],
        responses: {200: {description: 'Rows.', content: {'application/json': {schema: {type: 'object'}, example: {}}}}},
      },
    };
  }
  return {
    openapi: '3.0.3',
    info: {title: `Facts of ${version}`, version: '1'},
    components: {securitySchemes: {bearer: {type: 'http', scheme: 'bearer'}}},
    paths,
  };
}

module.exports = {makeDocument};
