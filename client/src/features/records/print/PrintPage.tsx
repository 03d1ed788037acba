import { Link, useParams } from "@tanstack/react-router";
import { Printer } from "lucide-react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/clock";
import { useEvidence } from "@/api/process";
import { useHistory, useRecord } from "@/api/records";
import { useMe, useSession } from "@/api/session";
import type { EntityDefinition, RecordRow } from "@/api/types";
import { Shown } from "@/fields/Shown";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { formatDateTime } from "@/model/format";
import { fieldValue, isEmptyValue } from "@/model/values";
import { Button, buttonClass } from "@/ui/Button";
import { QrCode } from "@/ui/QrCode";
import { EmptyState, SkeletonLines } from "@/ui/surfaces";
import styles from "./Print.module.css";

function Fields({ entity, record }: { entity: EntityDefinition; record: RecordRow }) {
  const system = useCatalogue()
    .systemFields(entity.key)
    .filter((field) => ["owner", "department", "stage", "created_at", "created_by"].includes(field.key));
  const all = [...entity.fields, ...system.filter((field) => !entity.fields.some((own) => own.key === field.key))];
  return (
    <dl className={styles.fields}>
      {all
        .filter((field) => !isEmptyValue(fieldValue(record, field.key)))
        .map((field) => (
          <div key={field.key}>
            <dt>{field.label}</dt>
            <dd>
              <Shown field={field} row={record} isFull />
            </dd>
          </div>
        ))}
    </dl>
  );
}

function Stages({ record }: { record: RecordRow }) {
  const { t } = useTranslation("records");
  const language = useLanguage();
  const history = useHistory(record.entity, record.id);
  const moves = (history.data?.pages.flatMap((page) => page.events) ?? [])
    .filter((event) => event.kind === "record.moved" || event.kind === "record.created")
    .reverse();
  if (moves.length === 0) return null;
  return (
    <section>
      <h2>{t("print.stages")}</h2>
      <table className={styles.table}>
        <tbody>
          {moves.map((event) => (
            <tr key={event.id}>
              <td>{formatDateTime(event.at, language)}</td>
              <td>{event.changes.find((each) => each.field === "stage")?.after_text}</td>
              <td>{event.actor?.name}</td>
              <td>{[event.action_label, event.remark].filter(Boolean).join(" · ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Proofs({ record }: { record: RecordRow }) {
  const { t } = useTranslation("records");
  const language = useLanguage();
  const evidence = useEvidence(record.entity, record.id);
  if (!evidence.data?.length) return null;
  return (
    <section>
      <h2>{t("record.evidence")}</h2>
      <table className={styles.table}>
        <tbody>
          {evidence.data.map((proof) => (
            <tr key={proof.id}>
              <td>{formatDateTime(proof.at, language)}</td>
              <td>{proof.slot_label}</td>
              <td>
                {proof.file?.name ?? proof.record?.title ?? proof.text}
                {proof.file?.sha256 && <code>{proof.file.sha256}</code>}
              </td>
              <td>{proof.by?.name}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A record on paper: its fields, the way through its stages, its proofs, and a code that leads back to it. */
export function PrintPage() {
  const { t } = useTranslation(["records", "common"]);
  const errorText = useErrorText();
  const language = useLanguage();
  const me = useMe();
  const session = useSession();
  const { entity: key, id } = useParams({ from: "/inside/rich/e/$entity/$id/print" });
  const entity = useCatalogue().entity(key);
  const record = useRecord(key, id);
  const address = `${window.location.origin}/e/${key}/${id}`;
  if (record.isError) return <EmptyState title={errorText(record.error)} />;
  if (!entity || !record.data) return <SkeletonLines lines={10} />;
  return (
    <div className={styles.page}>
      <div className={styles.tools}>
        <Link className={buttonClass("plain")} to="/e/$entity/$id" params={{ entity: key, id }}>
          {t("common:actions.back")}
        </Link>
        <Button kind="primary" icon={<Printer size={15} />} onClick={() => window.print()}>
          {t("records:print.print")}
        </Button>
      </div>
      <article className={styles.sheet}>
        <header>
          <div>
            <small>{[session?.workspace.name, entity.label].filter(Boolean).join(" · ")}</small>
            <h1>{record.data.title}</h1>
          </div>
          <QrCode text={address} label={t("records:print.code")} className={styles.code} />
        </header>
        <Fields entity={entity} record={record.data} />
        <Stages record={record.data} />
        <Proofs record={record.data} />
        <footer>
          {t("records:print.by", {
            name: me.name,
            when: formatDateTime(new Date(serverNow()).toISOString(), language),
          })}
          <span>{address}</span>
        </footer>
      </article>
    </div>
  );
}
