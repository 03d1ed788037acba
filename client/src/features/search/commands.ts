import type { LucideIcon } from "lucide-react";
import { likeness } from "@/model/fuzzy";

/** Something that can be done from the search box. */
export interface Command {
  key: string;
  label: string;
  group: string;
  icon: LucideIcon;
  /** Other words that lead to it. */
  more: string[];
  run: () => void;
}

const MOST = 6;
const MOST_ALONE = 40;

/** What answers to what was typed, best first; with `>` in front commands alone, and all of them. */
export function findCommands(commands: Command[], typed: string): Command[] {
  const isAlone = typed.startsWith(">");
  const wanted = isAlone ? typed.slice(1) : typed;
  if (wanted.trim() === "" && !isAlone) return [];
  return commands
    .map((command) => ({ command, rate: likeness(wanted, command.label, command.more) }))
    .filter(({ rate }) => rate > 0)
    .sort((one, other) => other.rate - one.rate)
    .slice(0, isAlone ? MOST_ALONE : MOST)
    .map(({ command }) => command);
}
