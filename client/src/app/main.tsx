import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startTexts } from "@/i18n";
import { startAppearance } from "@/ui/appearance";
import "@/ui/base.css";
import { App } from "./App";
import { startOffline } from "./offline";

async function start(): Promise<void> {
  startAppearance();
  startOffline();
  await startTexts();
  const root = document.getElementById("root");
  if (!root) throw new Error("the page has no root");
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

void start();
