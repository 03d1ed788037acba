import { Link } from "@tanstack/react-router";
import { Copy, Download, Ellipsis, ListTree, PackageMinus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { appsApi } from "@/api/apps";
import type { StudioApp } from "@/api/types/studio";
import { useErrorText } from "@/fields/useTexts";
import { Button, buttonClass, IconButton } from "@/ui/Button";
import { iconOf } from "@/ui/icons";
import { Menu } from "@/ui/Menu";
import { Tag } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import styles from "./Apps.module.css";

export type AppAction = "edit" | "copy" | "remove";

interface AppCardProps {
  app: StudioApp;
  /** The first view of its menu. */
  view: string | null;
  onAct: (action: AppAction) => void;
}

/** An installed app: what it holds, and what can be done with it. */
export function AppCard({ app, view, onAct }: AppCardProps) {
  const { t } = useTranslation("studioApps");
  const errorText = useErrorText();
  const Icon = iconOf(app.icon);
  const counts = (["entities", "processes", "views", "pages"] as const)
    .filter((name) => app[name] > 0)
    .map((name) => t(`counts.${name}`, { count: app[name] }));
  const exported = () => appsApi.export(app.key).catch((error: unknown) => toast.error(errorText(error)));
  return (
    <article className={styles.card}>
      <header>
        <span className={styles.icon}>
          <Icon size={22} aria-hidden="true" />
        </span>
        <div className={styles.name}>
          <h2>{app.label}</h2>
          <small>
            {app.version}
            {app.is_package && <Tag>{t("packaged")}</Tag>}
          </small>
        </div>
        <Menu
          end
          label={t("actionsOf", { name: app.label })}
          trigger={(props) => (
            <IconButton {...props} label={t("actionsOf", { name: app.label })}>
              <Ellipsis size={18} />
            </IconButton>
          )}
          entries={[
            { key: "copy", label: t("copy"), icon: <Copy size={16} />, onSelect: () => onAct("copy") },
            { key: "export", label: t("export"), icon: <Download size={16} />, onSelect: () => void exported() },
            {
              key: "remove",
              label: t("remove"),
              icon: <PackageMinus size={16} />,
              danger: true,
              split: true,
              onSelect: () => onAct("remove"),
            },
          ]}
        />
      </header>
      {app.description && <p>{app.description}</p>}
      <p className={styles.counts}>{counts.join(" · ")}</p>
      <footer>
        {view && (
          <Link to="/v/$view" params={{ view }} className={buttonClass("plain", true)}>
            {t("open")}
          </Link>
        )}
        <Button small icon={<ListTree size={15} />} onClick={() => onAct("edit")}>
          {t("edit")}
        </Button>
      </footer>
    </article>
  );
}
