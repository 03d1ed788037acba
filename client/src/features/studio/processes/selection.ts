/** What is chosen in the designer: a stage, a transition, or nothing. */
export type Chosen = { kind: "stage" | "transition"; key: string } | null;
