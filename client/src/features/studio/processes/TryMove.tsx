import { CircleAlert, CircleCheck, Play } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { WalkMove, WalkStep } from "@/api/processes";
import { Button } from "@/ui/Button";
import { Check, FieldFrame, NativeSelect, TextInput } from "@/ui/controls";
import { Tag } from "@/ui/surfaces";
import styles from "./Processes.module.css";
import type { ProcessHandle } from "./useProcess";
import { ValueFields } from "./ValueFields";

interface TryMoveProps {
  handle: ProcessHandle;
  move: WalkMove;
  values: Record<string, unknown>;
  onTry: (step: WalkStep) => void;
}

/** One move of the walk: what it still lacks, and trying it with what is filled in here. */
export function TryMove({ handle, move, values: known, onTry }: TryMoveProps) {
  const { t } = useTranslation("processes");
  const [open, setOpen] = useState(false);
  const [action, setAction] = useState(move.reasons[0]?.key ?? "");
  const [remark, setRemark] = useState("");
  const [values, setValues] = useState<Record<string, unknown>>({});
  const [proven, setProven] = useState<Record<string, boolean>>({});
  const demanded = new Set(move.fields.map((each) => each.key));
  const fields = handle.fields.filter((each) => demanded.has(each.key));
  const slots = move.evidence.filter((each) => each.need > each.have || proven[each.key]);
  const submit = () =>
    onTry({
      transition: move.key,
      action: move.reasons.length > 0 ? action : null,
      remark: remark.trim() || null,
      values,
      evidence: Object.fromEntries(slots.flatMap((each) => (proven[each.key] ? [[each.key, each.need]] : []))),
    });
  return (
    <li className={styles.card}>
      <header className={styles.cardHead}>
        <strong>
          {move.allowed ? (
            <CircleCheck size={15} color="var(--success)" aria-hidden="true" />
          ) : (
            <CircleAlert size={15} color="var(--warning)" aria-hidden="true" />
          )}{" "}
          {move.label}
        </strong>
        <small>→ {move.target_label}</small>
        <Tag colour={move.allowed ? "green" : "gold"}>
          {move.allowed ? t("walk.allowed") : t("walk.missing", { count: move.missing.length })}
        </Tag>
      </header>
      {move.missing.length > 0 && (
        <ul className={styles.missing}>
          {move.missing.map((each) => (
            <li key={each.path.join("/") + each.code}>{each.message}</li>
          ))}
        </ul>
      )}
      {!open && (
        <div>
          <Button small onClick={() => setOpen(true)}>
            {t("walk.fill")}
          </Button>
        </div>
      )}
      {open && (
        <>
          {move.reasons.length > 0 && (
            <FieldFrame label={t("walk.action")}>
              {(ids) => (
                <NativeSelect {...ids} value={action} onChange={(event) => setAction(event.target.value)}>
                  <option value="">{t("walk.noAction")}</option>
                  {move.reasons.map((each) => (
                    <option key={each.key} value={each.key}>
                      {each.label}
                    </option>
                  ))}
                </NativeSelect>
              )}
            </FieldFrame>
          )}
          <FieldFrame label={t("walk.remark")} required={move.remark_required}>
            {(ids) => <TextInput {...ids} value={remark} onChange={(event) => setRemark(event.target.value)} />}
          </FieldFrame>
          <ValueFields
            handle={handle}
            fields={fields}
            values={{ ...known, ...values }}
            onChange={(next) =>
              setValues(
                Object.fromEntries(
                  Object.entries(next).filter(([key, value]) => key in values || value !== known[key]),
                ),
              )
            }
          />
          {slots.map((each) => (
            <Check
              key={each.key}
              checked={proven[each.key] ?? false}
              onChange={(isThere) => setProven({ ...proven, [each.key]: isThere })}
            >
              {t("walk.pretend", { count: each.need, slot: each.label })}
            </Check>
          ))}
          <div>
            <Button small kind="primary" icon={<Play size={14} />} onClick={submit}>
              {t("walk.try")}
            </Button>
          </div>
        </>
      )}
    </li>
  );
}
