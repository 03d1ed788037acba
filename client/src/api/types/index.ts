export * from "./admin";
export * from "./common";
export * from "./definitions";
export * from "./imports";
export * from "./process";
export * from "./records";
export * from "./session";
export * from "./tasks";
