import { Link } from "@tanstack/react-router";
import { Download, Flag } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { downloadObstacles, useDecideObstacle, useObstacles } from "@/api/entrances";
import { OBSTACLE_STATES, type Obstacle, type ObstacleState } from "@/api/types/entrances";
import { usePageName } from "@/fields/usePageName";
import { useErrorText, useWhenText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { NativeSelect, Segments, TextInput } from "@/ui/controls";
import { EmptyState, Notice, Page, Panel, SkeletonLines, Tag } from "@/ui/surfaces";
import { useDraft } from "../draft/useDraft";
import { labelText } from "../parts/labels";
import styles from "./ObstacleList.module.css";

const COLOURS: Record<ObstacleState, string> = { new: "orange", planned: "blue", done: "green", declined: "grey" };

function useEntityLabel() {
  const { i18n, t } = useTranslation("entrances");
  const { published } = useDraft();
  return (key: string | null) => {
    if (!key) return t("obstacles.elsewhere");
    const entity = published.entities?.find((each) => each.key === key);
    return entity ? labelText(entity.label, i18n.language) : key;
  };
}

function useStageLabel() {
  const { i18n } = useTranslation("entrances");
  const { published } = useDraft();
  return (entity: string | null, key: string | null) => {
    const process = published.processes?.find((each) => each.entity === entity);
    const stage = process?.stages?.find((each) => each.key === key);
    return stage ? labelText(stage.label, i18n.language) : key;
  };
}

function Report({ found }: { found: Obstacle }) {
  const { t } = useTranslation("entrances");
  const errorText = useErrorText();
  const whenText = useWhenText();
  const entityLabel = useEntityLabel();
  const stageLabel = useStageLabel();
  const pageName = usePageName();
  const decide = useDecideObstacle();
  const [state, setState] = useState<ObstacleState>(found.state);
  const [answer, setAnswer] = useState(found.answer ?? "");
  const needsAnswer = state === "declined" && answer.trim() === "";
  const isChanged = state !== found.state || answer !== (found.answer ?? "");
  return (
    <article className={styles.item} aria-label={found.text.slice(0, 60)}>
      <header>
        <Tag colour={COLOURS[found.state]}>{t(`obstacles.states.${found.state}`)}</Tag>
        <Tag>{t(`obstacles.categories.${found.category}`)}</Tag>
        {found.entity && <Tag colour="cyan">{entityLabel(found.entity)}</Tag>}
        {found.stage && <Tag colour="purple">{stageLabel(found.entity, found.stage)}</Tag>}
        <span className={styles.quiet}>
          {t("obstacles.by", { name: found.reporter_name, when: whenText(found.at) })}
        </span>
      </header>
      <p className={styles.text}>{found.text}</p>
      <span className={styles.quiet}>
        {found.entity && found.record_id ? (
          <Link to="/e/$entity/$id" params={{ entity: found.entity, id: found.record_id }}>
            {t("obstacles.record")}
          </Link>
        ) : (
          pageName(found.page)
        )}{" "}
        · {t("obstacles.version", { version: found.version })}
      </span>
      <div className={styles.decide}>
        <NativeSelect
          aria-label={t("obstacles.filter")}
          value={state}
          onChange={(event) => setState(event.target.value as ObstacleState)}
        >
          {OBSTACLE_STATES.map((each) => (
            <option key={each} value={each}>
              {t(`obstacles.states.${each}`)}
            </option>
          ))}
        </NativeSelect>
        <TextInput
          aria-label={t("obstacles.answer")}
          placeholder={t("obstacles.answerHint")}
          value={answer}
          onChange={(event) => setAnswer(event.target.value)}
        />
        <Button
          kind="primary"
          disabled={!isChanged || needsAnswer}
          busy={decide.isPending}
          onClick={() => decide.mutate({ id: found.id, state, answer: answer.trim() || null })}
        >
          {t("obstacles.decide")}
        </Button>
      </div>
      {needsAnswer && <p className={styles.error}>{t("obstacles.needAnswer")}</p>}
      {decide.error && (
        <p className={styles.error} role="alert">
          {errorText(decide.error)}
        </p>
      )}
    </article>
  );
}

/** What colleagues reported, to be answered; and where it hurts most. */
export function ObstaclesPage() {
  const { t } = useTranslation("entrances");
  const errorText = useErrorText();
  const entityLabel = useEntityLabel();
  const stageLabel = useStageLabel();
  const [state, setState] = useState<ObstacleState | "">("");
  const list = useObstacles(state, "");
  return (
    <Page>
      <div className={styles.tools}>
        <Segments
          label={t("obstacles.filter")}
          value={state}
          onChange={setState}
          options={[
            { value: "" as const, label: t("obstacles.all") },
            ...OBSTACLE_STATES.map((each) => ({ value: each, label: t(`obstacles.states.${each}`) })),
          ]}
        />
        <Button icon={<Download size={15} />} onClick={() => void downloadObstacles()}>
          {t("obstacles.export")}
        </Button>
      </div>
      {list.error && <Notice kind="danger">{errorText(list.error)}</Notice>}
      <div className={styles.layout}>
        <div className={styles.list}>
          {list.isPending && <SkeletonLines lines={6} />}
          {list.data?.obstacles.length === 0 && (
            <EmptyState icon={<Flag size={36} />} title={t("obstacles.empty")} text={t("obstacles.emptyText")} />
          )}
          {list.data?.obstacles.map((each) => (
            <Report key={`${each.id}${each.state}${each.answer ?? ""}`} found={each} />
          ))}
        </div>
        {list.data && list.data.counts.length > 0 && (
          <Panel title={t("obstacles.counts")}>
            <ul className={styles.counts}>
              {list.data.counts.map((each) => (
                <li key={`${each.entity}${each.stage}`}>
                  <span>
                    {entityLabel(each.entity)}
                    {each.stage && ` · ${stageLabel(each.entity, each.stage)}`}
                  </span>
                  <span className={styles.quiet}>{t("obstacles.open", { open: each.open, total: each.total })}</span>
                </li>
              ))}
            </ul>
          </Panel>
        )}
      </div>
    </Page>
  );
}
