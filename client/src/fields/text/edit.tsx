import { type ComponentType, lazy, Suspense } from "react";
import { numberOption } from "@/model/catalogue";
import { TextArea, TextInput } from "@/ui/controls";
import { Skeleton } from "@/ui/surfaces";
import { TextFilter } from "../filters/TextFilter";
import type { EditProps, FieldEditor } from "../module";

type Kind = "text" | "email" | "tel" | "url";

function textEdit(kind: Kind): ComponentType<EditProps> {
  return function TextEdit({ field, value, onChange, ids, autoFocus }) {
    const limit = numberOption(field, "max_length");
    return (
      <TextInput
        {...ids}
        type={kind}
        value={typeof value === "string" ? value : ""}
        onChange={(event) => onChange(event.target.value)}
        autoComplete="off"
        {...(limit ? { maxLength: limit } : {})}
        {...(autoFocus ? { "data-autofocus": true } : {})}
      />
    );
  };
}

function LongTextEdit({ value, onChange, ids }: EditProps) {
  return (
    <TextArea
      {...ids}
      value={typeof value === "string" ? value : ""}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

const RichTextEditor = lazy(() => import("./RichTextEditor"));

function RichTextEdit(props: EditProps) {
  return (
    <Suspense fallback={<Skeleton height={150} />}>
      <RichTextEditor {...props} />
    </Suspense>
  );
}

export const text: FieldEditor = { Edit: textEdit("text"), Filter: TextFilter };
export const longText: FieldEditor = { Edit: LongTextEdit, Filter: TextFilter };
export const richText: FieldEditor = { Edit: RichTextEdit, Filter: TextFilter };
export const email: FieldEditor = { Edit: textEdit("email"), Filter: TextFilter };
export const phone: FieldEditor = { Edit: textEdit("tel"), Filter: TextFilter };
export const url: FieldEditor = { Edit: textEdit("url"), Filter: TextFilter };
export const barcode: FieldEditor = { Edit: textEdit("text"), Filter: TextFilter };
