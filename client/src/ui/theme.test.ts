import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { SEEDS } from "./antdTheme";

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");
const variables = new Map(
  [...css.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1] ?? "", match[2] ?? ""]),
);

it.each(Object.entries(SEEDS))("%s has the value of its variable", (_, [variable, value]) => {
  expect(variables.get(variable)).toBe(value);
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

const tags = [...variables.keys()]
  .filter((name) => name.endsWith("-fg"))
  .map((name) => [name, name.replace("-fg", "-bg")]);

it.each([
  ...tags,
  ["--ink", "--paper"],
  ["--ink-mute", "--paper"],
  ["--ink-mute", "--sunken"],
  ["--on-brand", "--brand"],
  ["--brand", "--paper"],
  ["--nav-ink", "--nav"],
  ["--nav-mute", "--nav"],
  ["--danger", "--danger-wash"],
  ["--warning", "--warning-wash"],
  ["--success", "--success-wash"],
  ["--info", "--info-wash"],
  ["--surface", "--danger-strong"],
])("%s is readable on %s", (foreground, background) => {
  expect(contrast(variables.get(foreground ?? "") ?? "", variables.get(background ?? "") ?? "")).toBeGreaterThanOrEqual(
    4.5,
  );
});
