import { createRoot } from "react-dom/client";
import { startAppearance } from "@/ui/appearance";
import "@/ui/base.css";
import { PublicApp } from "./PublicApp";

/** Shows the form that the address names. */
export function startPublicForm(): void {
  const root = document.getElementById("root");
  const token = decodeURIComponent(window.location.pathname.split("/")[2] ?? "");
  startAppearance();
  if (root) createRoot(root).render(<PublicApp token={token} />);
}
