import { useChangeMe } from "@/api/session";
import { type Appearance, applyAppearance } from "@/ui/appearance";

/** Shows an appearance at once and has the server remember it for the member. */
export function useAppearanceChoice(): (change: Partial<Appearance>) => void {
  const change = useChangeMe();
  return (next) => {
    applyAppearance(next);
    change.mutate(next);
  };
}
