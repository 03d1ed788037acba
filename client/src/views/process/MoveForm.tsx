import { useTranslation } from "react-i18next";
import type { RecordRow, TransitionState } from "@/api/types";
import { fieldEditors } from "@/fields/editors";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { FieldFrame, TextArea } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { EvidenceSlots } from "./EvidenceSlots";
import styles from "./Process.module.css";
import { useMoveForm } from "./useMoveForm";

interface MoveFormProps {
  title: string;
  record: RecordRow;
  transition: TransitionState;
  onClose: () => void;
}

interface ReasonsProps {
  reasons: TransitionState["reasons"];
  value: string | null;
  onChange: (key: string) => void;
  error: string | null;
}

function Reasons({ reasons, value, onChange, error }: ReasonsProps) {
  const { t } = useTranslation("process");
  return (
    <FieldFrame label={t("move.action")} required help={t("move.actionHint")} error={error}>
      {(ids) => (
        <div
          id={ids.id}
          role="radiogroup"
          aria-label={t("move.action")}
          aria-describedby={ids["aria-describedby"]}
          className={styles.reasons}
        >
          {reasons.map((reason) => (
            // biome-ignore lint/a11y/useSemanticElements: chips that behave as radios
            <button
              key={reason.key}
              type="button"
              role="radio"
              aria-checked={reason.key === value}
              className={styles.reason}
              onClick={() => onChange(reason.key)}
            >
              {reason.label}
            </button>
          ))}
        </div>
      )}
    </FieldFrame>
  );
}

/** The trigger, the remark, the fields and the proofs that a move needs. */
export function MoveForm({ title, record, transition, onClose }: MoveFormProps) {
  const { t } = useTranslation(["process", "common"]);
  const errorText = useErrorText();
  const catalogue = useCatalogue();
  const form = useMoveForm(record, transition, () => {
    toast.done(
      t("process:move.moved", { title: record.title, stage: catalogue.stageLabel(record.entity, transition.target) }),
    );
    onClose();
  });
  const { problems, tried } = form;
  return (
    <Dialog
      title={title}
      width={600}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      onSubmit={form.submit}
      foot={
        <>
          <span className={styles.status} role="status">
            {form.missing > 0
              ? t("process:move.missing", { count: form.missing })
              : t(form.isChecking ? "process:move.checking" : "process:move.ready")}
          </span>
          <Button onClick={onClose}>{t("common:actions.cancel")}</Button>
          <Button kind="primary" type="submit" busy={form.isMoving}>
            {t("process:move.submit")}
          </Button>
        </>
      }
    >
      <div className={styles.move}>
        {form.error && <Notice kind="danger">{errorText(form.error)}</Notice>}
        {(form.blocks.length > 0 || problems.rest.length > 0) && (
          <Notice kind={problems.rest.length > 0 ? "danger" : "warning"}>
            <ul className={styles.list}>
              {[...new Set([...form.blocks.map((problem) => problem.message), ...problems.rest])].map((message) => (
                <li key={message}>{message}</li>
              ))}
            </ul>
          </Notice>
        )}
        {transition.reasons.length > 0 && (
          <Reasons
            reasons={transition.reasons}
            value={form.action}
            onChange={form.setAction}
            error={tried && form.needsAction ? t("process:move.needAction") : (problems.fields.action ?? null)}
          />
        )}
        <FieldFrame
          label={t("process:move.remark")}
          required={transition.remark_required}
          error={tried && form.needsRemark ? t("process:move.needRemark") : (problems.fields.remark ?? null)}
        >
          {(ids) => (
            <TextArea
              {...ids}
              rows={2}
              placeholder={transition.remark_required ? t("process:move.remarkHint") : ""}
              value={form.remark}
              onChange={(event) => form.setRemark(event.target.value)}
            />
          )}
        </FieldFrame>
        {form.fields.length > 0 && (
          <section className={styles.section}>
            <h3>{t("process:move.fields")}</h3>
            <div className={styles.fields}>
              {form.fields.map((field) => {
                const { Edit } = fieldEditors[field.type];
                const isMissing = form.emptyFields.some((each) => each.key === field.key);
                const reported =
                  transition.missing.find((problem) => problem.path.map(String).includes(field.key))?.message ?? null;
                return (
                  <FieldFrame
                    key={field.key}
                    label={field.label}
                    required={transition.required_fields.includes(field.key) || field.required}
                    help={field.help}
                    error={
                      problems.fields[field.key] ??
                      (isMissing ? (tried ? (reported ?? field.label) : null) : (form.judged.get(field.key) ?? null))
                    }
                  >
                    {(ids) => (
                      <Edit
                        field={field}
                        value={form.valueAt(field.key)}
                        display={record.display[field.key]}
                        onChange={(value) => form.set(field.key, value)}
                        ids={ids}
                        around={record}
                      />
                    )}
                  </FieldFrame>
                );
              })}
            </div>
          </section>
        )}
        {transition.evidence.length > 0 && (
          <section className={styles.section}>
            <h3>{t("process:move.evidence")}</h3>
            <EvidenceSlots record={record} slots={transition.evidence} />
          </section>
        )}
      </div>
    </Dialog>
  );
}
