/** What a field is called that is reached through relations. */
import type { Definitions, Label } from "@/api/types/studio";
import { labelText } from "./labels";

/** `customer.region` of a visit as `客户 · 区域`; a step that leads nowhere stays as it is written. */
export function fieldPathName(definitions: Definitions, entity: string, path: string, language: string): string {
  let at: string | undefined = entity;
  const names = path.split(".").map((key) => {
    const field = definitions.entities?.find((each) => each.key === at)?.fields.find((each) => each.key === key);
    at = typeof field?.options?.target === "string" ? field.options.target : undefined;
    return labelText(field?.label as Label | undefined, language) || key;
  });
  return names.join(" · ");
}
