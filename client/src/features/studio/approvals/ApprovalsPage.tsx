import { BadgeCheck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useApprovals, useDecide } from "@/api/studio";
import type { ApprovalRequest } from "@/api/types/studio";
import { useErrorText, useWhenText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { FieldFrame, TextArea } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { EmptyState, Notice, Page, PageHeader, Panel, SkeletonLines, Tag } from "@/ui/surfaces";
import { DiffList } from "../changes/DiffList";
import styles from "./Approvals.module.css";

function ReturnDialog({ request, onClose }: { request: ApprovalRequest; onClose: () => void }) {
  const { t } = useTranslation(["studio", "common"]);
  const errorText = useErrorText();
  const decide = useDecide();
  const [reason, setReason] = useState("");
  const send = () => decide.mutate({ id: request.id, approved: false, reason }, { onSuccess: onClose });
  return (
    <Dialog
      title={t("owning.returnTitle", { label: request.label })}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      onSubmit={send}
      foot={
        <>
          <Button onClick={onClose}>{t("common:actions.cancel")}</Button>
          <Button kind="primary" type="submit" busy={decide.isPending} disabled={!reason.trim()}>
            {t("owning.return")}
          </Button>
        </>
      }
    >
      <FieldFrame label={t("owning.reason")} required>
        {(ids) => (
          <TextArea {...ids} data-autofocus value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </FieldFrame>
      {decide.isError && <Notice kind="danger">{errorText(decide.error)}</Notice>}
    </Dialog>
  );
}

function RequestPanel({ request }: { request: ApprovalRequest }) {
  const { t } = useTranslation("studio");
  const errorText = useErrorText();
  const when = useWhenText();
  const decide = useDecide();
  const [returning, setReturning] = useState(false);
  const isOpen = request.state === "waiting";
  return (
    <Panel
      title={request.label}
      actions={
        isOpen ? (
          <div className={styles.buttons}>
            <Button small onClick={() => setReturning(true)}>
              {t("owning.return")}
            </Button>
            <Button
              small
              kind="primary"
              busy={decide.isPending}
              onClick={() => decide.mutate({ id: request.id, approved: true, reason: "" })}
            >
              {t("owning.approve")}
            </Button>
          </div>
        ) : (
          <Tag colour={request.state === "approved" ? "green" : "red"}>
            {t(`approvals.states.${request.state as "approved" | "returned"}`, { name: request.decided_by ?? "" })}
          </Tag>
        )
      }
    >
      <div className={styles.request}>
        <p className={styles.asked}>{t("owning.asked", { name: request.asked_by, when: when(request.asked_at) })}</p>
        {request.note && <p>{request.note}</p>}
        {request.reason && <Notice kind="warning">{request.reason}</Notice>}
        {decide.isError && <Notice kind="danger">{errorText(decide.error)}</Notice>}
        <DiffList diff={request.diff} />
      </div>
      {returning && <ReturnDialog request={request} onClose={() => setReturning(false)} />}
    </Panel>
  );
}

/** Changes of definitions that the member owns: approve, or return with a reason. */
export function ApprovalsPage() {
  const { t } = useTranslation("studio");
  const errorText = useErrorText();
  const query = useApprovals();
  const waiting = query.data?.waiting ?? [];
  const decided = query.data?.decided ?? [];
  return (
    <Page>
      <PageHeader title={t("owning.title")} note={t("owning.note")} />
      {query.isPending && <SkeletonLines />}
      {query.isError && <EmptyState title={errorText(query.error)} />}
      {query.data && waiting.length === 0 && (
        <EmptyState icon={<BadgeCheck size={40} />} title={t("owning.none")} text={t("owning.noneText")} />
      )}
      <div className={styles.list}>
        {waiting.map((each) => (
          <RequestPanel key={each.id} request={each} />
        ))}
        {decided.length > 0 && <h2>{t("owning.decided")}</h2>}
        {decided.map((each) => (
          <RequestPanel key={each.id} request={each} />
        ))}
      </div>
    </Page>
  );
}
