/** The work that a browser does so that machines cannot send by the thousand; people notice nothing of it. */
import { sha256 } from "./sha256";
import type { Riddle, Solution } from "./types";

const AT_ONCE = 500;

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** Tries numbers in small portions, so that the page stays quick to the touch. */
export async function solve({ salt, challenge, most, issued, signature }: Riddle): Promise<Solution> {
  for (let number = 0; number <= most; number += 1) {
    if (sha256(`${salt}${number}`) === challenge) return { salt, challenge, issued, signature, number };
    if (number % AT_ONCE === AT_ONCE - 1) await pause();
  }
  throw new Error("the riddle has no answer");
}
