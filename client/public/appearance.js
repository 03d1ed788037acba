// Runs before the first paint, so that nobody is flashed by the other theme; src/ui/appearance.ts keeps what it reads.
(() => {
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem("xiaolu.appearance")) ?? {};
  } catch {
    // A browser that keeps nothing, or something else's words: the system's theme.
  }
  const isDark =
    kept.theme === "dark" || (kept.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  const root = document.documentElement;
  root.dataset.theme = isDark ? "dark" : "light";
  root.dataset.density = kept.density === "compact" ? "compact" : "comfortable";
})();
