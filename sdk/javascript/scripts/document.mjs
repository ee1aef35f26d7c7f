/** The OpenAPI document that the SDK is generated from, and what its operations take and give. */

import { readFile } from "node:fs/promises";

const HERE = new URL("..", import.meta.url);
const METHODS = ["get", "post", "put", "patch", "delete"];

/** The repository's document, or the file in `OPENAPI`. */
export async function readDocument() {
  const path = process.env.OPENAPI ?? new URL("../../docs/api/openapi.json", HERE);
  return JSON.parse(await readFile(path, "utf8"));
}

/** Method names by resource, each with `route` ("GET /api/…") and `file`: whether the response is
 * returned as a file although it may be JSON or text. */
export async function readMethods() {
  const named = JSON.parse(await readFile(new URL("methods.json", HERE), "utf8"));
  const methods = {};
  for (const [resource, routes] of Object.entries(named)) {
    methods[resource] = {};
    for (const [method, declared] of Object.entries(routes)) {
      const [, file, route] = /^(file )?(\S+ \S+)$/.exec(declared);
      methods[resource][method] = { route, file: Boolean(file) };
    }
  }
  return methods;
}

/** Operations of a document by route, such as "GET /api/campaigns". Aliases are left out: they are
 * second addresses of other operations. */
export function listOperations(document) {
  const found = new Map();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation && !operation["x-alias-of"]) {
        found.set(`${method.toUpperCase()} ${path}`, { ...operation, path, method });
      }
    }
  }
  return found;
}

/** Differences between methods and document, as sentences; none if each operation has one method. */
export function compareMethods(methods, document) {
  const routes = Object.values(methods).flatMap((resource) =>
    Object.values(resource).map((method) => method.route),
  );
  const operations = listOperations(document);
  return [
    ...[...operations.keys()]
      .filter((route) => !routes.includes(route))
      .map((route) => `${route} has no method. Name one in sdk/javascript/methods.json.`),
    ...routes
      .filter((route) => !operations.has(route))
      .map(
        (route) => `${route} is in sdk/javascript/methods.json, but the API doesn't have it.`,
      ),
    ...routes
      .filter((route, index) => routes.indexOf(route) !== index)
      .map((route) => `${route} has several methods in sdk/javascript/methods.json.`),
  ];
}
