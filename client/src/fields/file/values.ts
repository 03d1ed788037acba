import type { FileInfo, Json } from "@/api/types";
import { namesIn } from "@/model/values";

/** Files in a value: read with their names, or as bare ids whose names are in the display text. */
export function filesOf(value: Json, display?: string): FileInfo[] {
  const list = Array.isArray(value) ? value : value === null || value === "" ? [] : [value];
  const names = namesIn(display, list.length);
  return list.flatMap((each, index): FileInfo[] => {
    if (typeof each === "string") return [{ id: each, name: names[index] ?? each, size: 0, content_type: "" }];
    if (!each || typeof each !== "object" || Array.isArray(each) || typeof each.id !== "string") return [];
    return [
      {
        id: each.id,
        name: typeof each.name === "string" ? each.name : each.id,
        size: typeof each.size === "number" ? each.size : 0,
        content_type: typeof each.content_type === "string" ? each.content_type : "",
      },
    ];
  });
}

/** A file as a value of a form. */
export function asValue(file: FileInfo): Json {
  return { id: file.id, name: file.name, size: file.size, content_type: file.content_type };
}
