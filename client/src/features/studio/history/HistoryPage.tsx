import { History } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useVersions } from "@/api/studio";
import type { VersionInfo } from "@/api/types/studio";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { NativeSelect } from "@/ui/controls";
import { EmptyState, Page, Panel, SkeletonLines } from "@/ui/surfaces";
import { useDraft } from "../draft/useDraft";
import { labelText } from "../shell/values";
import { CompareDialog } from "./CompareDialog";
import styles from "./History.module.css";
import { RestoreDialog } from "./RestoreDialog";
import { VersionRow } from "./VersionRow";

type Compared = { version: number; since: number };

function CompareBar({ versions, onCompare }: { versions: VersionInfo[]; onCompare: (compared: Compared) => void }) {
  const { t } = useTranslation("studio");
  const [since, setSince] = useState(versions[1]?.version ?? 0);
  const [version, setVersion] = useState(versions[0]?.version ?? 0);
  const choices = versions.map((each) => (
    <option key={each.version} value={each.version}>
      {t("history.version", { version: each.version })}
    </option>
  ));
  return (
    <div className={styles.bar}>
      <NativeSelect
        aria-label={t("history.from")}
        value={since}
        onChange={(event) => setSince(Number(event.target.value))}
      >
        {choices}
      </NativeSelect>
      <span aria-hidden="true">→</span>
      <NativeSelect
        aria-label={t("history.to")}
        value={version}
        onChange={(event) => setVersion(Number(event.target.value))}
      >
        {choices}
      </NativeSelect>
      <Button disabled={since === version} onClick={() => onCompare({ version, since })}>
        {t("history.compare")}
      </Button>
    </div>
  );
}

/** Every version that was ever published; any two can be compared, any one published again. */
export function HistoryPage() {
  const { t } = useTranslation(["studio", "common"]);
  const errorText = useErrorText();
  const language = useLanguage();
  const draft = useDraft();
  const query = useVersions();
  const [compared, setCompared] = useState<Compared | null>(null);
  const [restored, setRestored] = useState<number | null>(null);
  const versions = query.data?.pages.flatMap((page) => page.versions) ?? [];
  const current = versions[0]?.version ?? 0;
  const appLabel = (key: string) =>
    labelText(draft.published.apps?.find((each) => each.key === key)?.label, language, t("history.appGone"));
  return (
    <Page>
      {query.isPending && <SkeletonLines lines={8} />}
      {query.isError && <EmptyState title={errorText(query.error)} />}
      {query.data && versions.length === 0 && (
        <EmptyState icon={<History size={40} />} title={t("history.none")} text={t("areas.history.note")} />
      )}
      {versions.length > 1 && <CompareBar key={current} versions={versions} onCompare={setCompared} />}
      {versions.length > 0 && (
        <Panel flush>
          <ol className={styles.versions}>
            {versions.map((each) => (
              <VersionRow
                key={each.version}
                version={each}
                appLabel={appLabel}
                isCurrent={each.version === current}
                onCompare={() => setCompared({ version: each.version, since: each.version - 1 })}
                onRestore={() => setRestored(each.version)}
              />
            ))}
          </ol>
        </Panel>
      )}
      {query.hasNextPage && (
        <Button wide kind="quiet" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("common:actions.loadMore")}
        </Button>
      )}
      {compared && <CompareDialog {...compared} onClose={() => setCompared(null)} />}
      {restored !== null && <RestoreDialog version={restored} current={current} onClose={() => setRestored(null)} />}
    </Page>
  );
}
