import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePublicSteps, useSubmissions } from "@/api/entrances";
import type { Submission } from "@/api/types/entrances";
import { useErrorText, useWhenText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { NativeSelect } from "@/ui/controls";
import { EmptyState, Notice, Panel, SkeletonLines, Tag } from "@/ui/surfaces";
import styles from "./Public.module.css";

const STATES = ["", "accepted", "held", "refused", "dropped"] as const;
const COLOURS = { accepted: "green", held: "gold", refused: "red", dropped: "grey" };

function Message({ found }: { found: Submission }) {
  const { t } = useTranslation("entrances");
  const whenText = useWhenText();
  const { decide } = usePublicSteps();
  const origin = found.origin.utm_campaign ?? found.origin.utm_source ?? found.origin.referrer ?? t("public.direct");
  return (
    <article className={styles.message}>
      <header>
        <Tag colour={COLOURS[found.state]}>{t(`public.states.${found.state}`)}</Tag>
        {found.reason && <Tag>{t(`public.reasons.${found.reason as "links"}`)}</Tag>}
        <span className={styles.quiet}>{whenText(found.at)}</span>
        <span className={styles.quiet}>{t("public.from", { origin })}</span>
        {found.record_id && (
          <Link to="/e/$entity/$id" params={{ entity: found.entity, id: found.record_id }}>
            {t("public.record")}
          </Link>
        )}
      </header>
      {found.content && (
        <dl className={styles.content}>
          {Object.entries(found.content).map(([key, value]) => (
            <div key={key} style={{ display: "contents" }}>
              <dt>{key}</dt>
              <dd className={styles.quiet}>{String(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {found.state === "held" && (
        <div className={styles.buttons}>
          <Button
            small
            kind="primary"
            busy={decide.isPending}
            onClick={() => decide.mutate({ id: found.id, accept: true })}
          >
            {t("public.accept")}
          </Button>
          <Button small onClick={() => decide.mutate({ id: found.id, accept: false })}>
            {t("public.drop")}
          </Button>
        </div>
      )}
    </article>
  );
}

/** What came in through a form, and what was turned away and why. */
export function Inbox({ form }: { form: string }) {
  const { t } = useTranslation("entrances");
  const errorText = useErrorText();
  const [state, setState] = useState<(typeof STATES)[number]>("");
  const list = useSubmissions(form, state);
  return (
    <Panel
      flush
      title={t("public.inbox")}
      actions={
        <NativeSelect
          aria-label={t("public.inbox")}
          value={state}
          style={{ width: 140 }}
          onChange={(event) => setState(event.target.value as (typeof STATES)[number])}
        >
          {STATES.map((each) => (
            <option key={each} value={each}>
              {t(`public.states.${each || "all"}`)}
            </option>
          ))}
        </NativeSelect>
      }
    >
      {list.isPending && (
        <div style={{ padding: 16 }}>
          <SkeletonLines lines={3} />
        </div>
      )}
      {list.error && <Notice kind="danger">{errorText(list.error)}</Notice>}
      {list.data?.submissions.length === 0 && <EmptyState title={t("public.nothing")} />}
      {list.data?.submissions.map((each) => (
        <Message key={each.id} found={each} />
      ))}
    </Panel>
  );
}
