/** Builds dist: ES modules, CommonJS, one minified file for browsers, and declarations. */

import { execFileSync } from "node:child_process";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
await rm("dist", { recursive: true, force: true });
const common = {
  entryPoints: ["src/index.ts"],
  bundle: true,
  target: "es2022",
  sourcemap: true,
};
await build({ ...common, format: "esm", platform: "neutral", outfile: "dist/esm/index.js" });
await build({ ...common, format: "cjs", platform: "node", outfile: "dist/cjs/index.js" });
await build({
  ...common,
  format: "esm",
  platform: "browser",
  minify: true,
  sourcemap: false,
  outfile: "dist/browser.js",
});
await mkdir("dist/types");
const tsc = fileURLToPath(import.meta.resolve("typescript/bin/tsc"));
const flags = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly"];
const places = ["--rootDir", "src", "--outDir", "dist/types"];
execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json", ...flags, ...places], {
  stdio: "inherit",
});
// The same declarations are those of a CommonJS module where package.json says so.
await cp("dist/types", "dist/esm", { recursive: true });
await cp("dist/types", "dist/cjs", { recursive: true });
await rm("dist/types", { recursive: true });
await writeFile("dist/cjs/package.json", '{ "type": "commonjs" }\n');
