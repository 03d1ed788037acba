const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger/i, "WeChat"],
  [/DingTalk/i, "DingTalk"],
  [/Edg\//, "Edge"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/HarmonyOS/i, "HarmonyOS"],
  [/Android/i, "Android"],
  [/iPhone|iPad/i, "iOS"],
  [/Windows/i, "Windows"],
  [/Mac OS X/i, "macOS"],
  [/Linux/i, "Linux"],
];

/** "Chrome · Windows" from what a browser says of itself; null where it says nothing known. */
export function deviceName(agent: string | null): string | null {
  const found = [BROWSERS, SYSTEMS].flatMap((names) => names.find(([pattern]) => pattern.test(agent ?? ""))?.[1] ?? []);
  return found.length > 0 ? found.join(" · ") : null;
}
