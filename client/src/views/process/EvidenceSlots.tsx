import { CircleAlert, CircleCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Json, RecordRow, SlotState } from "@/api/types";
import { useLanguage } from "@/i18n/useLanguage";
import { formatBytes } from "@/model/format";
import { listed } from "@/model/words";
import { Tag } from "@/ui/surfaces";
import { EvidenceInput } from "./EvidenceInput";
import styles from "./Process.module.css";

const asList = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);

/** A content type by the name that people know it by: ``application/vnd…wordprocessingml.document`` is a docx. */
function shortType(ending: string): string {
  const office = { word: "docx", spreadsheet: "xlsx", presentation: "pptx" };
  const [, part] = ending.split("openxmlformats-officedocument.");
  if (part === undefined) return ending.toUpperCase();
  const known = Object.entries(office).filter(([name]) => part === "*" || part.startsWith(name));
  return known.length > 0 ? known.map(([, name]) => name.toUpperCase()).join("/") : ending.toUpperCase();
}

/** What a slot's validators ask for, in words, before anything is uploaded. */
function useDemands() {
  const { t } = useTranslation("process");
  const language = useLanguage();
  const typeText = (type: string) => {
    const [kind = "", ending = ""] = type.split("/");
    return ending === "*" ? t(`evidence.anyOf.${kind}`, { defaultValue: kind }) : shortType(ending);
  };
  return ({ validators }: SlotState) =>
    [
      asList(validators.content_types).length > 0 &&
        t("evidence.types", {
          types: listed(asList(validators.content_types).map(typeText), language),
        }),
      typeof validators.max_bytes === "number" && t("evidence.maxSize", { size: formatBytes(validators.max_bytes) }),
      typeof validators.max_age_hours === "number" && t("evidence.age", { hours: validators.max_age_hours }),
      Boolean(validators.exif_time) && t("evidence.time"),
      Boolean(validators.exif_place) && t("evidence.place"),
      typeof validators.min_length === "number" && t("evidence.textHint", { minimum: validators.min_length }),
    ].filter((each): each is string => Boolean(each));
}

/** The proofs that a stage demands: how many there are, and where to add the rest. */
export function EvidenceSlots({ record, slots }: { record: RecordRow; slots: SlotState[] }) {
  const { t } = useTranslation("process");
  const demands = useDemands();
  return (
    <div className={styles.slots}>
      {slots.map((slot) => {
        const short = slot.minimum - slot.have;
        return (
          <div key={slot.slot} className={styles.slot}>
            <div className={styles.slotHead}>
              {short > 0 ? (
                <CircleAlert size={16} color="var(--warning)" aria-hidden="true" />
              ) : (
                <CircleCheck size={16} color="var(--success)" aria-hidden="true" />
              )}
              <strong>{slot.label}</strong>
              <Tag>{t(`evidence.kinds.${slot.kind}`)}</Tag>
              <Tag colour={short > 0 ? "gold" : "green"}>
                {short > 0 ? t("evidence.missing", { count: short }) : t("evidence.filled")}
              </Tag>
            </div>
            {demands(slot).length > 0 && <div className={styles.demands}>{demands(slot).join(" · ")}</div>}
            {short > 0 && (
              <EvidenceInput
                record={record}
                slot={slot.slot}
                kind={slot.kind}
                label={slot.label}
                validators={slot.validators}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}
