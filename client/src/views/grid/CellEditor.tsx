import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldDefinition, Json, RecordRow } from "@/api/types";
import { fieldEditors } from "@/fields/editors";
import { fieldValue, forWriting, sameValue } from "@/model/values";
import { Button } from "@/ui/Button";
import { FieldFrame } from "@/ui/controls";
import styles from "./Grid.module.css";
import type { CellWriter } from "./useCellWriter";

/** Where the keyboard goes after a change. */
export type Onward = "stay" | "down" | "right" | "left";

interface CellEditorProps {
  row: RecordRow;
  field: FieldDefinition;
  top: number;
  left: number;
  /** What was typed to begin with: it takes the place of the value. */
  typed: string | null;
  write: CellWriter["write"];
  onClose: (onward: Onward) => void;
}

const TYPED = new Set(["text", "long_text", "email", "phone", "url", "barcode", "integer", "decimal", "money"]);
const UNCOMPARED = new Set(["file", "image", "audio", "video", "signature", "sub_table"]);
const POPUPS = ".ant-picker-dropdown, .ant-select-dropdown, .ant-cascader-dropdown, dialog, [popover]";

/** Changes one value where it stands; Enter and Tab keep it and go on, Escape leaves it as it was. */
export function CellEditor({ row, field, top, left, typed, write, onClose }: CellEditorProps) {
  const { t } = useTranslation(["records", "common"]);
  const box = useRef<HTMLDivElement>(null);
  const before = fieldValue(row, field.key);
  const [value, setValue] = useState<Json>(typed !== null && TYPED.has(field.type) ? typed : before);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { Edit } = fieldEditors[field.type];

  const save = async (onward: Onward) => {
    if (isBusy) return;
    if (sameValue(before, value)) return onClose(onward);
    setBusy(true);
    const expected = UNCOMPARED.has(field.type) ? {} : { [field.key]: forWriting(before) };
    const change = { id: row.id, values: { [field.key]: forWriting(value) }, expected };
    const outcome = await write([change], [row], () => t("records:cell.saved"), true);
    setBusy(false);
    const failure = outcome?.failed[0];
    if (failure) setError([...new Set(failure.problems.map((problem) => problem.message))].join(" "));
    else if (outcome) onClose(onward);
  };
  const latest = useRef(save);
  latest.current = save;

  useEffect(() => {
    box.current?.querySelector<HTMLElement>("input, textarea, button")?.focus({ preventScroll: true });
    const outside = (event: PointerEvent) => {
      const target = event.target as Element;
      if (!box.current?.contains(target) && !target.closest(POPUPS)) void latest.current("stay");
    };
    document.addEventListener("pointerdown", outside, true);
    return () => document.removeEventListener("pointerdown", outside, true);
  }, []);

  const onKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") onClose("stay");
    if (event.key === "Enter" && !(event.target instanceof HTMLTextAreaElement && !event.ctrlKey)) {
      event.preventDefault();
      void save("down");
    }
    if (event.key === "Tab" && !(event.target instanceof HTMLButtonElement)) {
      event.preventDefault();
      void save(event.shiftKey ? "left" : "right");
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: passes Enter, Tab and Escape of the control inside on
    <div className={styles.editor} style={{ top, left }} onKeyDown={onKey} ref={box}>
      <FieldFrame label={field.label} required={field.required} error={error}>
        {(ids) => (
          <Edit
            field={field}
            value={value}
            display={row.display[field.key]}
            onChange={setValue}
            ids={ids}
            around={row}
          />
        )}
      </FieldFrame>
      <div className={styles.editorFoot}>
        <Button small onClick={() => onClose("stay")}>
          {t("common:actions.cancel")}
        </Button>
        <Button small kind="primary" busy={isBusy} onClick={() => void save("stay")}>
          {t("common:actions.save")}
        </Button>
      </div>
    </div>
  );
}
