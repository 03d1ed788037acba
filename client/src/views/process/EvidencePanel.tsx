import { Link } from "@tanstack/react-router";
import { Cog, FileText, Link2, Plus, ShieldCheck, Text } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { previewUrl, useEvidence } from "@/api/process";
import type { Evidence, RecordRow, SlotState } from "@/api/types";
import { FileLinks, PreviewButton } from "@/fields/file/preview/FileLinks";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText, useWhenText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { NativeSelect, Segments } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { EmptyState, Notice, Panel, SkeletonLines, Tag } from "@/ui/surfaces";
import styles from "./Process.module.css";

const EvidenceInput = lazy(() => import("./EvidenceInput").then((module) => ({ default: module.EvidenceInput })));

const ICONS = { file: FileText, image: FileText, text: Text, link: Link2, event: Cog };

function Proof({ proof }: { proof: Evidence }) {
  const { t } = useTranslation("process");
  const whenText = useWhenText();
  const Icon = ICONS[proof.kind];
  const isPicture = proof.file?.content_type.startsWith("image/");
  return (
    <li className={styles.proof}>
      {proof.file && isPicture && (
        <PreviewButton files={[proof.file]} at={0} className={styles.picture}>
          <img src={previewUrl(proof.file.id, 480)} alt={proof.file.name} loading="lazy" width={240} height={120} />
        </PreviewButton>
      )}
      <div>{proof.slot_label && <Tag colour="cyan">{proof.slot_label}</Tag>}</div>
      <div className={styles.name}>
        <Icon size={15} aria-hidden="true" />
        {proof.file && <FileLinks files={[proof.file]} />}
        {proof.record && (
          <Link to="/e/$entity/$id" params={{ entity: proof.record.entity, id: proof.record.id }}>
            {proof.record.title}
          </Link>
        )}
        {proof.kind === "event" && t("evidence.event")}
      </div>
      {proof.text && <p>{proof.text}</p>}
      <small>{t("evidence.by", { name: proof.by?.name ?? "", when: whenText(proof.at) })}</small>
      {proof.file?.sha256 && (
        <small className={styles.hash} title={proof.file.sha256}>
          {t("evidence.hash")} {proof.file.sha256.slice(0, 16)}…
        </small>
      )}
    </li>
  );
}

const KINDS: SlotState["kind"][] = ["file", "image", "text", "link"];

function AddDialog({ record, onClose }: { record: RecordRow; onClose: () => void }) {
  const { t } = useTranslation(["process", "common"]);
  const stages = useCatalogue().stagesFor(record.entity, record.process_version);
  const slots = stages.flatMap((stage) => stage.evidence).filter((slot) => slot.kind !== "event");
  const here = stages.find((stage) => stage.key === record.stage)?.evidence[0]?.key ?? "";
  const [key, setKey] = useState(slots.some((each) => each.key === here) ? here : "");
  const [free, setFree] = useState<SlotState["kind"]>("file");
  const slot = slots.find((each) => each.key === key);
  return (
    <Dialog title={t("process:evidence.add")} closeLabel={t("common:actions.close")} onClose={onClose}>
      <div style={{ display: "grid", gap: 12 }}>
        <NativeSelect
          aria-label={t("process:evidence.slot")}
          value={key}
          onChange={(event) => setKey(event.target.value)}
        >
          <option value="">{t("process:evidence.noSlot")}</option>
          {slots.map((each) => (
            <option key={each.key} value={each.key}>
              {each.label}
            </option>
          ))}
        </NativeSelect>
        {!slot && (
          <Segments
            label={t("process:evidence.title")}
            value={free}
            options={KINDS.map((kind) => ({ value: kind, label: t(`process:evidence.kinds.${kind}`) }))}
            onChange={setFree}
          />
        )}
        <Suspense fallback={<SkeletonLines lines={2} />}>
          <EvidenceInput
            key={slot?.key ?? free}
            record={record}
            slot={slot?.key ?? null}
            kind={slot?.kind ?? free}
            label={slot?.label ?? t("process:evidence.title")}
            {...(slot ? { validators: slot.validators } : {})}
          />
        </Suspense>
        <Notice kind="info">{t("process:evidence.sure")}</Notice>
      </div>
    </Dialog>
  );
}

/** The proofs on a record, newest first; they can be looked at and added to, never changed. */
export function EvidencePanel({ record }: { record: RecordRow }) {
  const { t } = useTranslation("process");
  const errorText = useErrorText();
  const evidence = useEvidence(record.entity, record.id);
  const [adding, setAdding] = useState(false);
  return (
    <Panel
      title={t("evidence.title")}
      actions={
        <Button small icon={<Plus size={15} />} onClick={() => setAdding(true)}>
          {t("evidence.add")}
        </Button>
      }
    >
      {evidence.isPending && <SkeletonLines lines={3} />}
      {evidence.isError && <EmptyState title={errorText(evidence.error)} />}
      {evidence.data?.length === 0 && (
        <EmptyState icon={<ShieldCheck size={36} />} title={t("evidence.empty")} text={t("evidence.emptyText")} />
      )}
      <ul className={styles.proofs}>
        {evidence.data?.map((proof) => (
          <Proof key={proof.id} proof={proof} />
        ))}
      </ul>
      {adding && <AddDialog record={record} onClose={() => setAdding(false)} />}
    </Panel>
  );
}
