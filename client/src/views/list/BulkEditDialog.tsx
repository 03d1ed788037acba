import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecordChanges } from "@/api/records";
import type { EntityDefinition, RecordRow, Values } from "@/api/types";
import { fieldEditors } from "@/fields/editors";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { manyOf } from "@/model/plural";
import { forWriting } from "@/model/values";
import { named } from "@/model/words";
import { Button } from "@/ui/Button";
import { FieldFrame, NativeSelect } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/surfaces";
import { toast } from "@/ui/toast";

interface BulkEditProps {
  entity: EntityDefinition;
  selected: ReadonlyMap<string, RecordRow>;
  onClose: () => void;
  onDone: () => void;
}

/** Sets the same value on many records; each is checked on its own, and those that refuse are named. */
export function BulkEditDialog({ entity, selected, onClose, onDone }: BulkEditProps) {
  const { t } = useTranslation(["records", "common"]);
  const language = useLanguage();
  const several = manyOf(entity.label, language);
  const errorText = useErrorText();
  const catalogue = useCatalogue();
  const { bulk } = useRecordChanges(entity.key);
  const [values, setValues] = useState<Values>({});
  const owner = catalogue.field(entity.key, "owner");
  const fields = [...entity.fields, ...(owner ? [owner] : [])].filter(
    (field) => field.access === "write" && !field.is_computed && !field.unique && field.type !== "sub_table",
  );
  const chosen = Object.keys(values).flatMap((key) => fields.find((field) => field.key === key) ?? []);
  const free = fields.filter((field) => !(field.key in values));
  const add = (key: string) => setValues((all) => ({ ...all, [key]: null }));
  const swap = (from: string, to: string) =>
    setValues((all) =>
      Object.fromEntries(Object.entries(all).map(([key, value]) => (key === from ? [to, null] : [key, value]))),
    );
  const failed = bulk.data?.failed ?? [];
  const submit = () => {
    const sent = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, forWriting(value)]));
    bulk.mutate(
      { ids: [...selected.keys()], values: sent },
      {
        onSuccess: (outcome) => {
          if (outcome.changed > 0) toast.done(t("records:bulk.done", { count: outcome.changed }));
          if (outcome.failed.length > 0) return;
          onClose();
          onDone();
        },
      },
    );
  };
  return (
    <Dialog
      title={t("records:bulk.title", { count: selected.size, entity: selected.size === 1 ? entity.label : several })}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      onSubmit={submit}
      foot={
        <Button kind="primary" type="submit" busy={bulk.isPending} disabled={chosen.length === 0}>
          {t("records:bulk.submit", { count: selected.size })}
        </Button>
      }
    >
      <div style={{ display: "grid", gap: 14 }}>
        {bulk.error && <Notice kind="danger">{errorText(bulk.error)}</Notice>}
        {failed.length > 0 && (
          <Notice kind="warning">
            <strong>{t("records:bulk.failed", { count: failed.length })}</strong>
            <ul>
              {failed.slice(0, 8).map((each) => (
                <li key={each.id}>
                  {named(
                    selected.get(each.id)?.title ?? each.id,
                    each.problems.map((problem) => problem.message).join(" "),
                    language,
                  )}
                </li>
              ))}
            </ul>
          </Notice>
        )}
        {chosen.map((field) => {
          const { Edit } = fieldEditors[field.type];
          return (
            <div key={field.key} style={{ display: "grid", gap: 6 }}>
              <NativeSelect
                aria-label={t("records:bulk.field")}
                value={field.key}
                onChange={(event) => swap(field.key, event.target.value)}
              >
                {[field, ...free].map((each) => (
                  <option key={each.key} value={each.key}>
                    {each.label}
                  </option>
                ))}
              </NativeSelect>
              <FieldFrame label={<span className="visually-hidden">{field.label}</span>}>
                {(ids) => (
                  <Edit
                    field={field}
                    value={values[field.key] ?? null}
                    ids={ids}
                    onChange={(value) => setValues((all) => ({ ...all, [field.key]: value }))}
                  />
                )}
              </FieldFrame>
            </div>
          );
        })}
        {free[0] && (
          <div>
            <Button small icon={<Plus size={15} />} onClick={() => add(free[0]?.key ?? "")}>
              {t(chosen.length > 0 ? "records:bulk.addField" : "records:bulk.field")}
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}
