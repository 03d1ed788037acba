import { Check, EyeOff, Lock, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccessAnswer } from "@/api/records";
import { useMe } from "@/api/session";
import type { FieldDefinition, Json, RecordRow } from "@/api/types";
import { PeopleEdit } from "@/fields/reference/edit";
import { useErrorText } from "@/fields/useTexts";
import { FieldFrame } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { EmptyState, SkeletonLines, Tag } from "@/ui/surfaces";
import styles from "./Access.module.css";
import { ViewAsButton } from "./ViewAsButton";

const WHO = { key: "member", type: "user", options: {} } as unknown as FieldDefinition;
const POWERS = ["read", "update", "delete", "move"] as const;

/** Why somebody can or cannot see and change this record, in words. */
export function AccessDialog(props: { record: RecordRow; member?: string; onClose: () => void }) {
  const { record, onClose } = props;
  const { t } = useTranslation(["records", "common"]);
  const errorText = useErrorText();
  const me = useMe();
  const [member, setMember] = useState<Json>(props.member ?? me.id);
  const answer = useAccessAnswer(record.entity, record.id, typeof member === "string" ? member : null);
  return (
    <Dialog
      title={t("records:access.title", { title: record.title })}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
    >
      <FieldFrame label={t("records:access.who")}>
        {(ids) => (
          <PeopleEdit
            field={WHO}
            value={member}
            display={member === me.id ? me.name : undefined}
            onChange={setMember}
            ids={ids}
          />
        )}
      </FieldFrame>
      {member === null && <p style={{ marginTop: 12 }}>{t("records:access.pick")}</p>}
      {member !== null && answer.isPending && <SkeletonLines lines={3} />}
      {answer.isError && <EmptyState title={errorText(answer.error)} />}
      {answer.data && (
        <>
          <div className={styles.powers}>
            {POWERS.map((power) => (
              <Tag key={power} colour={answer.data.can[power] ? "green" : "red"}>
                {answer.data.can[power] ? <Check size={12} /> : <X size={12} />}{" "}
                {t(answer.data.can[power] ? "records:access.can" : "records:access.cannot")}
                {t(`records:access.${power}`)}
              </Tag>
            ))}
          </div>
          <ul className={styles.reasons} aria-label={t("records:access.why")}>
            {answer.data.reasons.map((reason) => (
              <li key={`${reason.operation}-${reason.code}-${reason.text}`} data-for={reason.speaks_for}>
                {reason.speaks_for ? <Check size={14} aria-hidden="true" /> : <X size={14} aria-hidden="true" />}
                <span>{reason.text}</span>
              </li>
            ))}
          </ul>
          {answer.data.fields.length > 0 && (
            <>
              <h3 className={styles.heading}>{t("records:access.fields")}</h3>
              <ul className={styles.reasons}>
                {answer.data.fields.map((field) => (
                  <li key={field.field}>
                    {field.access === "hidden" ? (
                      <EyeOff size={14} aria-hidden="true" />
                    ) : (
                      <Lock size={14} aria-hidden="true" />
                    )}
                    <span>{field.text}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          {typeof member === "string" && (
            <div className={styles.powers}>
              <ViewAsButton member={member} />
            </div>
          )}
        </>
      )}
    </Dialog>
  );
}
