import assert from "node:assert/strict";
import { test } from "node:test";

import { OPERATIONS } from "../dist/esm/index.js";
import { compareMethods, listOperations, readMethods } from "../scripts/document.mjs";
import { connect } from "./scene.mjs";

const client = connect();
const document = await client.docs.openapi();
const methods = await readMethods();

test("each operation of the server has one method, and each method an operation", () => {
  assert.deepEqual(compareMethods(methods, document), []);
});

test("a new operation without a method is a problem", () => {
  const paths = { ...document.paths, "/api/news": { get: { responses: {} } } };
  const problems = compareMethods(methods, { ...document, paths });
  assert.ok(
    problems.includes("GET /api/news has no method. Name one in sdk/javascript/methods.json."),
  );
});

test("a method without an operation is a problem", () => {
  const { "/api/events": gone, ...paths } = document.paths;
  assert.match(
    compareMethods(methods, { ...document, paths }).join(),
    /GET \/api\/events is in .*have it/,
  );
});

test("the client has the methods", () => {
  for (const [resource, named] of Object.entries(methods)) {
    for (const [name, { route }] of Object.entries(named)) {
      assert.equal(typeof client[resource][name], "function", `${resource}.${name}`);
      const { method, path } = OPERATIONS[resource][name];
      assert.equal(`${method} ${path}`, route);
    }
  }
});

test("the table of operations agrees with the server's document", () => {
  const operations = listOperations(document);
  for (const { method, path, body, query, idempotent, keyless } of Object.values(
    OPERATIONS,
  ).flatMap(Object.values)) {
    const operation = operations.get(`${method} ${path}`);
    const refs = (operation.parameters ?? []).map(
      (parameter) => parameter.$ref ?? parameter.in,
    );
    assert.equal(Boolean(body), Boolean(operation.requestBody), path);
    assert.equal(Boolean(query), refs.includes("query"), path);
    assert.equal(
      Boolean(idempotent),
      refs.some((ref) => ref.endsWith("/IdempotencyKey")),
      path,
    );
    assert.equal(
      !keyless,
      Boolean(operation.security?.some((needed) => "key" in needed)),
      path,
    );
  }
});
