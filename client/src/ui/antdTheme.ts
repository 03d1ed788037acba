import { type ThemeConfig, theme as themes } from "antd";
import type { Appearance } from "./appearance";

/** antd computes shades from these, so they are values; they equal the variables of tokens.css (a test compares them). */
export const SEEDS = {
  colorPrimary: ["--brand", "#12695a", "#4cbba2"],
  colorText: ["--ink", "#1b2622", "#e6ece9"],
  colorTextSecondary: ["--ink-mute", "#5d6963", "#9eaba5"],
  colorTextPlaceholder: ["--ink-mute", "#5d6963", "#9eaba5"],
  colorBgLayout: ["--paper", "#f4f6f3", "#111715"],
  colorBgContainer: ["--surface", "#ffffff", "#1a211e"],
  colorBgElevated: ["--surface", "#ffffff", "#1a211e"],
  colorBorder: ["--line-strong", "#c6cec8", "#45524c"],
  colorBorderSecondary: ["--line", "#e0e5e0", "#2c3632"],
  colorError: ["--danger", "#b3261e", "#ff9087"],
  colorInfo: ["--info", "#1f5a94", "#86bdf1"],
  colorTextLightSolid: ["--on-brand", "#ffffff", "#06211b"],
} as const;

const isPhone = window.matchMedia("(max-width: 767px)").matches;
const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** antd's tokens for a theme and a density. */
export function antdTheme(shown: "light" | "dark", density: Appearance["density"]): ThemeConfig {
  const at = shown === "dark" ? 2 : 1;
  const isTight = density === "compact" && !isPhone;
  return {
    algorithm: shown === "dark" ? themes.darkAlgorithm : themes.defaultAlgorithm,
    token: {
      ...Object.fromEntries(Object.entries(SEEDS).map(([token, seed]) => [token, seed[at]])),
      borderRadius: 6,
      fontSize: isPhone ? 16 : isTight ? 13 : 14,
      controlHeight: isPhone ? 44 : isTight ? 28 : 32,
      fontFamily: "var(--font)",
      wireframe: false,
      // Pop-ups would wait for the end of motions that the style sheet takes away from people who want none.
      motion: !isStill,
      motionDurationMid: "0.12s",
    },
  };
}
