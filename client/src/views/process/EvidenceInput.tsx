import { Select } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAddEvidence } from "@/api/process";
import { useSearch } from "@/api/records";
import type { EvidenceDraft, Json, RecordRow, SlotState } from "@/api/types";
import { FileDrop } from "@/fields/file/edit";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { TextArea } from "@/ui/controls";
import { useSettled } from "@/ui/hooks";
import { Notice } from "@/ui/surfaces";
import { toast } from "@/ui/toast";

interface InputProps {
  record: RecordRow;
  slot: string | null;
  kind: SlotState["kind"];
  label: string;
  validators?: Record<string, Json>;
}

interface PartProps {
  label: string;
  isBusy: boolean;
  onAdd: (draft: Omit<EvidenceDraft, "kind" | "slot">, done?: () => void) => void;
}

function TextPart({ label, isBusy, onAdd }: PartProps) {
  const { t } = useTranslation("process");
  const [text, setText] = useState("");
  return (
    <>
      <TextArea
        aria-label={label}
        rows={3}
        placeholder={t("evidence.text")}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div>
        <Button
          small
          busy={isBusy}
          disabled={!text.trim()}
          onClick={() => onAdd({ text: text.trim() }, () => setText(""))}
        >
          {t("evidence.add")}
        </Button>
      </div>
    </>
  );
}

function LinkPart({ label, isBusy, onAdd, entity }: PartProps & { entity: string }) {
  const { t } = useTranslation("process");
  const catalogue = useCatalogue();
  const [text, setText] = useState("");
  const found = useSearch(useSettled(text), entity);
  return (
    <Select
      aria-label={label}
      style={{ width: "100%" }}
      placeholder={t("evidence.linkSearch")}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={found.isFetching || isBusy}
      value={null}
      options={(found.data ?? []).map((hit) => ({
        value: `${hit.entity}/${hit.id}`,
        label: `${hit.title} · ${catalogue.entityLabel(hit.entity)}`,
      }))}
      onChange={(chosen: string | null) => {
        const [target, id] = chosen?.split("/") ?? [];
        if (target && id) onAdd({ record: { entity: target, id } });
      }}
    />
  );
}

/** Adds one proof: a file, a text or a link; what the validators refuse is said here. */
export function EvidenceInput({ record, slot, kind, label, validators = {} }: InputProps) {
  const { t } = useTranslation("process");
  const errorText = useErrorText();
  const id = useId();
  const add = useAddEvidence(record.entity, record.id);
  const send: PartProps["onAdd"] = (draft, done) =>
    add.mutate(
      { kind, ...draft, ...(slot ? { slot } : {}) },
      {
        onSuccess: () => {
          done?.();
          toast.done(t("evidence.added"));
        },
      },
    );
  const types = Array.isArray(validators.content_types)
    ? validators.content_types.join(",")
    : kind === "image"
      ? "image/*"
      : "";
  const entity = typeof validators.entity === "string" ? validators.entity : "";
  return (
    <div style={{ display: "grid", gap: 8 }}>
      {add.error && <Notice kind="danger">{errorText(add.error)}</Notice>}
      {(kind === "file" || kind === "image") && (
        <FileDrop id={id} {...(types ? { accept: types } : {})} onFile={(file) => send({ file: file.id })} />
      )}
      {kind === "text" && <TextPart label={label} isBusy={add.isPending} onAdd={send} />}
      {kind === "link" && <LinkPart label={label} isBusy={add.isPending} onAdd={send} entity={entity} />}
      {kind === "event" && (
        <p style={{ color: "var(--ink-mute)", fontSize: "var(--text-sm)" }}>{t("evidence.event")}</p>
      )}
    </div>
  );
}
