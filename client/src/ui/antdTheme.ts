import type { ThemeConfig } from "antd";

/** antd computes shades from these, so they are values; they equal the variables of tokens.css (a test compares them). */
export const SEEDS = {
  colorPrimary: ["--brand", "#12695a"],
  colorText: ["--ink", "#1b2622"],
  colorTextSecondary: ["--ink-mute", "#5d6963"],
  colorTextPlaceholder: ["--ink-mute", "#5d6963"],
  colorBgLayout: ["--paper", "#f4f6f3"],
  colorBorder: ["--line-strong", "#c6cec8"],
  colorError: ["--danger", "#b3261e"],
  colorInfo: ["--info", "#1f5a94"],
} as const;

export const antdTheme: ThemeConfig = {
  token: {
    ...Object.fromEntries(Object.entries(SEEDS).map(([token, [, value]]) => [token, value])),
    borderRadius: 6,
    fontSize: 14,
    controlHeight: window.matchMedia("(max-width: 767px)").matches ? 40 : 32,
    fontFamily: "var(--font)",
    wireframe: false,
    // Pop-ups would wait for the end of motions that the style sheet takes away from people who want none.
    motion: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    motionDurationMid: "0.12s",
  },
};
