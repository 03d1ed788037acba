import { FileUp, LayoutGrid, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStudioApps } from "@/api/apps";
import type { StudioApp } from "@/api/types/studio";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { EmptyState, Page, SkeletonLines } from "@/ui/surfaces";
import { useDraft } from "../draft/useDraft";
import { type AppAction, AppCard } from "./AppCard";
import { AppDialog } from "./AppDialog";
import styles from "./Apps.module.css";
import { ImportDialog } from "./ImportDialog";
import { MoreApps } from "./MoreApps";
import { NewAppDialog } from "./NewAppDialog";
import { NewAppWays } from "./NewAppWays";
import { RemoveDialog } from "./RemoveDialog";

type Open = { what: "new" } | { what: "import" } | { what: AppAction; app: StudioApp };

function Dialogs({ open, onClose }: { open: Open; onClose: () => void }) {
  if (open.what === "new") return <NewAppDialog source={null} onClose={onClose} />;
  if (open.what === "import") return <ImportDialog onClose={onClose} />;
  if (open.what === "copy") return <NewAppDialog source={open.app} onClose={onClose} />;
  if (open.what === "edit") return <AppDialog app={open.app.key} onClose={onClose} />;
  return <RemoveDialog app={open.app} onClose={onClose} />;
}

/** The apps that are there, and the ways to another one. */
export function AppsPage() {
  const { t } = useTranslation("studioApps");
  const errorText = useErrorText();
  const { definitions } = useDraft();
  const apps = useStudioApps();
  const [open, setOpen] = useState<Open | null>(null);
  const viewOf = (key: string) =>
    definitions.apps?.find((each) => each.key === key)?.menu?.find((item) => item.view)?.view ?? null;
  return (
    <Page>
      <div className={styles.ways}>
        <Button kind="primary" icon={<Plus size={16} />} onClick={() => setOpen({ what: "new" })}>
          {t("blank")}
        </Button>
        <Button icon={<FileUp size={16} />} onClick={() => setOpen({ what: "import" })}>
          {t("import")}
        </Button>
        <NewAppWays />
      </div>
      {apps.isPending && <SkeletonLines lines={6} />}
      {apps.isError && <EmptyState title={errorText(apps.error)} />}
      {apps.data?.length === 0 && <EmptyState icon={<LayoutGrid size={40} />} title={t("none")} text={t("noneText")} />}
      <div className={styles.cards}>
        {apps.data?.map((app) => (
          <AppCard key={app.key} app={app} view={viewOf(app.key)} onAct={(what) => setOpen({ what, app })} />
        ))}
      </div>
      {apps.data && <MoreApps />}
      {open && <Dialogs open={open} onClose={() => setOpen(null)} />}
    </Page>
  );
}
