import { Link } from "@tanstack/react-router";
import { GitCompareArrows } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDraftChanges } from "@/api/studio";
import type { DraftChanges, DraftProblem } from "@/api/types/studio";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { listed } from "@/model/words";
import { EmptyState, Notice, Page, Panel, SkeletonLines } from "@/ui/surfaces";
import { useDraftStore } from "../draft/store";
import { useDraft } from "../draft/useDraft";
import { RunningChoices } from "../processes/RunningChoices";
import { unseenForms } from "../roles/grants";
import { placeName } from "../shell/placeName";
import { labelText } from "../shell/values";
import { ApprovalsPanel } from "./ApprovalsPanel";
import styles from "./Changes.module.css";
import { DiffList } from "./DiffList";
import { Steps, Touches } from "./PlanParts";
import { PublishPanel } from "./PublishPanel";
import { placeOf } from "./places";
import { RebasePanel } from "./RebasePanel";
import { SchedulePanel } from "./SchedulePanel";
import { WorkPanel } from "./WorkPanel";

function Problems({ problems }: { problems: DraftProblem[] }) {
  const { t } = useTranslation("studio");
  const language = useLanguage();
  const { definitions } = useDraft();
  return (
    <Panel title={t("changes.problems")}>
      <ul className={styles.list}>
        {problems.map((problem) => (
          <li
            key={`${problem.path.join("/")}/${problem.code}/${problem.message}`}
            className={styles.step}
            data-risk="loss"
          >
            <span>
              <small>{placeName(definitions, problem.path, language)}</small>
              <br />
              {problem.message}
            </span>
            {problem.path.length > 0 && (
              <Link {...placeOf(problem.path)} className={styles.go}>
                {t("changes.goThere")}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What is easily forgotten: a new form is seen by nobody until a role may see it. */
function Unseen() {
  const { t } = useTranslation("studio");
  const language = useLanguage();
  const { published, definitions } = useDraft();
  const forms = unseenForms(published, definitions);
  if (forms.length === 0) return null;
  const names = forms.map((each) => labelText(each.label, language, each.key));
  return (
    <Notice kind="warning">
      {t("changes.unseen", { forms: listed(names, language), count: forms.length })}{" "}
      <Link to="/studio/roles">{t("changes.goToRoles")}</Link>
    </Notice>
  );
}

function Plan({ changes, note }: { changes: DraftChanges; note: string }) {
  const { t } = useTranslation("studio");
  const { steps, touches, problems, diff, approvals, running = [] } = changes;
  return (
    <div className={styles.page}>
      <Unseen />
      {problems.length > 0 && <Problems problems={problems} />}
      <RunningChoices changes={running} />
      {approvals.length > 0 && <ApprovalsPanel standings={approvals} note={note} />}
      {steps.length > 0 && (
        <Panel title={t("changes.plan")}>
          <Steps steps={steps} />
        </Panel>
      )}
      {touches.length > 0 && (
        <Panel title={t("changes.touches")}>
          <Touches touches={touches} />
        </Panel>
      )}
      {diff.length > 0 && (
        <Panel title={t("changes.diff")}>
          <DiffList diff={diff} hasLinks />
        </Panel>
      )}
    </div>
  );
}

/** What the draft changes, in words and place by place; publishing it. */
export function ChangesPage() {
  const { t } = useTranslation("studio");
  const errorText = useErrorText();
  const draft = useDraft();
  const data = useDraftStore((state) => state.data);
  const changes = useDraftChanges(draft.id, draft.revision);
  const [note, setNote] = useState("");
  const found = changes.data;
  const isEmpty = found && found.diff.length === 0 && found.steps.length === 0 && found.problems.length === 0;
  return (
    <Page>
      <div className={styles.page}>
        <WorkPanel />
        {found?.schedule && <SchedulePanel schedule={found.schedule} />}
        {data?.behind && <RebasePanel disagreements={data.disagreements} />}
        {changes.isPending && <SkeletonLines lines={6} />}
        {changes.isError && <EmptyState title={errorText(changes.error)} />}
        {isEmpty && (
          <EmptyState
            icon={<GitCompareArrows size={40} />}
            title={t("changes.nothing")}
            text={t("changes.nothingText")}
          />
        )}
        {found && !isEmpty && (
          <div className={styles.columns}>
            <Plan changes={found} note={note} />
            <PublishPanel changes={found} note={note} onNote={setNote} blocked={data?.behind ?? false} />
          </div>
        )}
      </div>
    </Page>
  );
}
