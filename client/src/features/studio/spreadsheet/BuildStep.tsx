import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { spreadsheetApi, useBuild } from "@/api/entrances";
import { keys } from "@/api/keys";
import type { AppPlan, Build } from "@/api/types/entrances";
import { useErrorText } from "@/fields/useTexts";
import { Button, buttonClass } from "@/ui/Button";
import { Notice, Panel, Progress, SkeletonLines } from "@/ui/surfaces";
import { Confirm } from "@/views/dialogs/Confirm";
import styles from "./Spreadsheet.module.css";

/** What will be made, in words, before it is made. */
export function ConfirmStep({
  plan,
  onBack,
  onBuilt,
}: {
  plan: AppPlan;
  onBack: () => void;
  onBuilt: (id: string) => void;
}) {
  const { t } = useTranslation("entrances");
  const errorText = useErrorText();
  const preview = useQuery({ queryKey: ["spreadsheets", "plan", plan], queryFn: () => spreadsheetApi.plan(plan) });
  const build = useMutation({ mutationFn: () => spreadsheetApi.build(plan), onSuccess: (made) => onBuilt(made.id) });
  const problems = preview.data?.problems ?? [];
  return (
    <div className={styles.stack}>
      {(preview.error ?? build.error) && <Notice kind="danger">{errorText(preview.error ?? build.error)}</Notice>}
      {problems.length > 0 && (
        <Notice kind="danger">
          <strong>{t("sheets.problems")}</strong>
          <ul>
            {problems.map((each) => (
              <li key={each.path.join(".") + each.code}>{each.message}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Panel title={t("sheets.preview")}>
        {preview.isPending ? (
          <SkeletonLines lines={6} />
        ) : (
          <ol className={styles.plan}>
            {preview.data?.steps.map((step, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity
              <li key={at}>{step.text}</li>
            ))}
          </ol>
        )}
      </Panel>
      <div className={styles.foot}>
        <Button onClick={onBack}>{t("sheets.back")}</Button>
        <Button
          kind="primary"
          busy={build.isPending}
          disabled={!preview.data || problems.length > 0}
          onClick={() => build.mutate()}
        >
          {t(build.isPending ? "sheets.building" : "sheets.build")}
        </Button>
      </div>
    </div>
  );
}

function StepLine({ step }: { step: Build["steps"][number] }) {
  const { t } = useTranslation("entrances");
  const label = step.relations ? t("sheets.relationsStep", { label: step.label }) : step.label;
  const isOver = step.state === "done" || step.state === "failed";
  return (
    <li className={styles.progress}>
      <strong>{label}</strong>
      <Progress label={label} value={isOver ? 1 : step.total > 0 ? step.done / step.total : 0} />
      <span>
        {t(`sheets.states.${step.state as "done"}`)}{" "}
        <small>
          {step.created > 0 && t("sheets.created", { count: step.created })}{" "}
          {step.updated > 0 && t("sheets.updated", { count: step.updated })}
        </small>
        {step.failure && <small className={styles.warn}>{step.failure}</small>}
        {step.bad > 0 && step.job && (
          <Link to="/imports/$id" params={{ id: step.job }} className={styles.warn}>
            {t("sheets.refused", { count: step.bad })}
          </Link>
        )}
      </span>
    </li>
  );
}

/** How far the imports are; afterwards the way into the app, and the way back. */
export function ProgressStep({ id }: { id: string }) {
  const { t } = useTranslation("entrances");
  const errorText = useErrorText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const build = useBuild(id);
  const [asking, setAsking] = useState(false);
  const undo = useMutation({
    mutationFn: () => spreadsheetApi.undo(id),
    onSuccess: () => {
      void client.invalidateQueries();
      void navigate({ to: "/studio" });
    },
  });
  const phase = build.data?.phase;
  useEffect(() => {
    if (phase === "done") void client.invalidateQueries({ queryKey: keys.definitions });
  }, [phase, client]);
  if (!build.data) return build.error ? <Notice kind="danger">{errorText(build.error)}</Notice> : <SkeletonLines />;
  const title = phase === "importing" ? "sheets.importing" : phase === "done" ? "sheets.done" : "sheets.undone";
  return (
    <div className={styles.stack}>
      {undo.error && <Notice kind="danger">{errorText(undo.error)}</Notice>}
      <Panel title={build.data.label}>
        <p role="status" style={{ marginBottom: 8 }}>
          {t(title)}
        </p>
        <ol>
          {build.data.steps.map((step) => (
            <StepLine key={`${step.entity}${step.relations}`} step={step} />
          ))}
        </ol>
      </Panel>
      <div className={styles.foot}>
        {phase !== "undone" && (
          <Button busy={undo.isPending} onClick={() => setAsking(true)}>
            {t("sheets.undo")}
          </Button>
        )}
        {phase === "done" && (
          <Link to="/v/$view" params={{ view: build.data.view }} className={buttonClass("primary")}>
            {t("sheets.open")}
          </Link>
        )}
      </div>
      {asking && (
        <Confirm
          title={t("sheets.undo")}
          text={t("sheets.undoText")}
          confirm={t("sheets.undo")}
          onConfirm={() => {
            setAsking(false);
            undo.mutate();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
