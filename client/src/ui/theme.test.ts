import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SEEDS } from "./antdTheme";

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");
const block = (selector: string): Map<string, string> => {
  const body = css.slice(css.indexOf(`${selector} {`)).split("}")[0] ?? "";
  return new Map([...body.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1] ?? "", match[2] ?? ""]));
};
const themes = { light: block(":root"), dark: block(':root[data-theme="dark"]') };

it("gives the dark theme every colour of the light one", () => {
  expect([...themes.dark.keys()].sort()).toEqual([...themes.light.keys()].sort());
});

it.each(Object.entries(SEEDS))("%s has the value of its variable", (_, [variable, light, dark]) => {
  expect([themes.light.get(variable), themes.dark.get(variable)]).toEqual([light, dark]);
});

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const tags = [...themes.light.keys()]
  .filter((name) => name.endsWith("-fg"))
  .map((name) => [name, name.replace("-fg", "-bg")]);

const pairs = [
  ...tags,
  ["--ink", "--paper"],
  ["--ink", "--surface"],
  ["--ink", "--sunken"],
  ["--ink-mute", "--paper"],
  ["--ink-mute", "--surface"],
  ["--ink-mute", "--sunken"],
  ["--ink-mute", "--hover"],
  ["--ink-mute", "--brand-wash"],
  ["--on-brand", "--brand"],
  ["--on-brand", "--brand-strong"],
  ["--brand", "--paper"],
  ["--brand", "--surface"],
  ["--brand", "--brand-wash"],
  ["--nav-ink", "--nav"],
  ["--nav-mute", "--nav"],
  ["--danger", "--surface"],
  ["--danger", "--danger-wash"],
  ["--warning", "--surface"],
  ["--warning", "--warning-wash"],
  ["--success", "--success-wash"],
  ["--info", "--info-wash"],
  ["--surface", "--ink"],
  ["--surface", "--danger-strong"],
];

describe.each(Object.entries(themes))("%s", (_, variables) => {
  it.each(pairs)("%s is readable on %s", (foreground = "", background = "") => {
    const ratio = contrast(variables.get(foreground) ?? "", variables.get(background) ?? "");
    expect(ratio).toBeGreaterThanOrEqual(4.5);
  });
});
