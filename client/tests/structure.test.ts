import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../src");
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts") && !path.endsWith(".gen.ts"))
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
const own = files.filter(({ path }) => !path.includes(".test."));

/** Lower layers know nothing of higher ones; features know nothing of each other. */
const LAYERS = ["api", "i18n", "ui", "model", "fields", "views", "features", "app"];
const ALLOWED: Record<string, string[]> = { api: [], i18n: [], ui: [], model: ["api"] };

function targets(path: string, text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].flatMap((match) => {
    const name = match[1] ?? "";
    if (name.startsWith("@/")) return [name.slice(2)];
    if (name.startsWith(".")) return [relative(root, resolve(root, dirname(path), name))];
    return [];
  });
}

describe("layers", () => {
  it.each(own.map(({ path, text }) => [path, text]))("%s imports downwards only", (path, text) => {
    const [layer = "", feature] = path.split("/");
    if (!LAYERS.includes(layer)) return;
    const below = ALLOWED[layer] ?? LAYERS.slice(0, LAYERS.indexOf(layer));
    for (const target of targets(path, text)) {
      const [other = "", otherFeature] = target.split("/");
      if (other === layer) {
        if (layer === "features") expect(otherFeature, `${path} → ${target}`).toBe(feature);
        continue;
      }
      expect(below, `${path} → ${target}`).toContain(other);
    }
  });
});

describe("sizes and texts", () => {
  it.each(own.filter(({ path }) => !path.startsWith("i18n/")).map(({ path, text }) => [path, text]))(
    "%s",
    (path, text) => {
      expect(text.split("\n").length, "lines").toBeLessThanOrEqual(path.endsWith(".tsx") ? 200 : 300);
      const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
      const allowed =
        path.endsWith("number/reading.ts") || path.endsWith("model/format.ts") || path.endsWith("AccountPage.tsx");
      const words = [...code.matchAll(/[\p{Script=Han}]{2,}/gu)]
        .map((match) => match[0])
        .filter((word) => !allowed || word.length > 2);
      expect(words, "texts belong into i18n").toEqual([]);
    },
  );
});

describe("colours", () => {
  const sheets = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".css") && path !== "ui/tokens.css",
  );
  it.each(sheets)("%s names none of its own", (path) => {
    expect(readFileSync(join(root, path), "utf8")).not.toMatch(/#[0-9a-f]{3,8}\b|rgba?\(|hsl/i);
  });
});

describe("languages", () => {
  const flat = (value: unknown, prefix = ""): string[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => flat(inner, `${prefix}${key}.`))
      : [
          `${prefix}=${[...String(value).matchAll(/{{(\w+)}}/g)]
            .map((match) => match[1])
            .sort()
            .join(",")}`,
        ];
  const names = readdirSync(join(root, "i18n/zh")).map((name) => name.replace(".ts", ""));
  it.each(names)("%s says the same in both", async (name) => {
    const zh = (await import(`../src/i18n/zh/${name}.ts`)) as { default: unknown };
    const en = (await import(`../src/i18n/en/${name}.ts`)) as { default: unknown };
    expect(flat(en.default)).toEqual(flat(zh.default));
  });
});
