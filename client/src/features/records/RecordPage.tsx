import { useParams, useRouterState } from "@tanstack/react-router";
import { CircleX, FileQuestion } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { useRecord } from "@/api/records";
import { useMe } from "@/api/session";
import type { EntityDefinition, RecordRow } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText } from "@/fields/useTexts";
import { rememberRecord } from "@/model/recent";
import { Button } from "@/ui/Button";
import { useIsPhone } from "@/ui/media";
import { EmptyState, Page, SkeletonLines } from "@/ui/surfaces";
import { EvidencePanel } from "@/views/process/EvidencePanel";
import { StageBar } from "@/views/process/StageBar";
import { DetailsPanel } from "./DetailsPanel";
import styles from "./Record.module.css";
import { RecordHead } from "./RecordHead";
import { RelatedPanel } from "./RelatedPanel";
import { TimelinePanel } from "./talk/TimelinePanel";

interface BodyProps {
  entity: EntityDefinition;
  record: RecordRow;
  editing: string | null;
  onEdit: (field: string | null) => void;
}

const PARTS = ["details", "evidence", "related", "history"] as const;
type Part = (typeof PARTS)[number];

function useParts({ entity, record, editing, onEdit }: BodyProps): Partial<Record<Part, React.ReactNode>> {
  const catalogue = useCatalogue();
  return {
    details: <DetailsPanel key={record.id} entity={entity} record={record} editing={editing} onEdit={onEdit} />,
    ...(catalogue.process(entity.key) ? { evidence: <EvidencePanel record={record} /> } : {}),
    related: <RelatedPanel entity={entity.key} id={record.id} />,
    history: <TimelinePanel key={record.id} record={record} />,
  };
}

function PhoneBody(props: BodyProps) {
  const { t } = useTranslation("records");
  // Whoever follows a mention wants to read what was said.
  const asked = useRouterState({ select: (state) => state.location.hash });
  const [part, setPart] = useState<Part>(asked === "history" ? "history" : "details");
  const parts = useParts(props);
  return (
    <>
      <div className={styles.tabs} data-goes-on role="tablist">
        {PARTS.filter((each) => parts[each]).map((each) => (
          <button key={each} type="button" role="tab" aria-selected={each === part} onClick={() => setPart(each)}>
            {t(`record.${each}`)}
          </button>
        ))}
      </div>
      <div className={styles.layout}>{parts[part]}</div>
    </>
  );
}

function DesktopBody(props: BodyProps) {
  const parts = useParts(props);
  return (
    <div className={styles.layout}>
      <div className={styles.column}>
        {parts.details}
        {parts.evidence}
        {parts.related}
      </div>
      <div className={styles.column}>{parts.history}</div>
    </div>
  );
}

export function RecordPage() {
  const { t } = useTranslation(["records", "common"]);
  const errorText = useErrorText();
  const { entity: key, id } = useParams({ from: "/inside/rich/e/$entity/$id" });
  const me = useMe();
  const isPhone = useIsPhone();
  const entity = useCatalogue().entity(key);
  const record = useRecord(key, id);
  const [editing, setEditing] = useState<string | null>(null);
  const title = record.data?.title;
  useEffect(() => {
    if (title) rememberRecord(me.id, { entity: key, id, title });
  }, [me.id, key, id, title]);
  if (!entity || (record.error instanceof ApiError && record.error.status === 404)) {
    return (
      <EmptyState
        isPage
        icon={<FileQuestion size={40} />}
        title={t("records:record.notFound")}
        text={t("records:record.notFoundText")}
      />
    );
  }
  if (record.isError) {
    return (
      <EmptyState
        isPage
        icon={<CircleX size={40} />}
        title={t("common:errors.title")}
        text={errorText(record.error)}
        actions={<Button onClick={() => void record.refetch()}>{t("common:actions.retry")}</Button>}
      />
    );
  }
  if (!record.data)
    return (
      <Page>
        <SkeletonLines lines={10} />
      </Page>
    );
  const Body = isPhone ? PhoneBody : DesktopBody;
  return (
    <>
      <div className={styles.top}>
        <RecordHead entity={entity} record={record.data} onEdit={() => setEditing("")} isEditing={editing !== null} />
        <StageBar record={record.data} />
      </div>
      <Body entity={entity} record={record.data} editing={editing} onEdit={setEditing} />
    </>
  );
}
