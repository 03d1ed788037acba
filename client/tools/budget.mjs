// The byte budget: fails when a page makes a browser load more script than agreed (kB, gzip).
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const root = process.env.XIAOLU_WEBDIST ?? fileURLToPath(new URL("../../src/xiaolu/webdist", import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, ".vite/manifest.json"), "utf8"));
const limits = JSON.parse(readFileSync(new URL("./budget.json", import.meta.url), "utf8"));

/** All chunks that the given entries need before they show, without what they load later. */
function closure(entries, seen = new Set()) {
  for (const key of entries) {
    if (seen.has(key)) continue;
    if (!manifest[key]) throw new Error(`budget: the build has no ${key}`);
    seen.add(key);
    closure(manifest[key].imports ?? [], seen);
  }
  return seen;
}

const sizes = new Map();
function size(key) {
  const file = manifest[key].file;
  if (!file.endsWith(".js")) return 0;
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(join(root, file)), { level: 9 }).length);
  return sizes.get(file);
}
const total = (keys) => [...keys].reduce((sum, key) => sum + size(key), 0) / 1000;

const first = closure(limits.first.entries);
const rows = [["first load", total(first), limits.first.limit]];
for (const [entry, limit] of Object.entries(limits.routes)) {
  const extra = [...closure([entry])].filter((key) => !first.has(key));
  rows.push([entry, total(extra), limit]);
}
let failed = false;
for (const [name, actual, limit] of rows) {
  const over = actual > limit;
  failed ||= over;
  process.stdout.write(
    `${over ? "OVER" : "ok  "} ${actual.toFixed(1).padStart(7)} / ${String(limit).padStart(4)} kB  ${name}\n`,
  );
}
process.exitCode = failed ? 1 : 0;
