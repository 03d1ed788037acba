import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startTexts } from "@/i18n";
import "@/ui/base.css";
import { App } from "./App";

async function start(): Promise<void> {
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
