import { Link, useRouterState } from "@tanstack/react-router";
import { ClipboardCheck, House, Menu as MenuIcon } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "@/ui/Dialog";
import { Badge, useBadges } from "./Badge";
import { type NavGroup, useNavigation } from "./navigation";
import styles from "./Shell.module.css";

const FROM_APPS = 2;

function MenuSheet({ groups, onClose }: { groups: NavGroup[]; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t("nav.menu")} closeLabel={t("actions.close")} onClose={onClose}>
      <nav className={styles.sheet} aria-label={t("nav.label")}>
        {groups.map((group) => (
          <div key={group.key}>
            {group.label && <h2>{group.label}</h2>}
            {group.items.map((item) => (
              <Link
                key={item.key}
                to={item.to}
                className={styles.sheetItem}
                activeOptions={{ exact: item.to === "/" }}
                onClick={onClose}
              >
                <item.icon size={19} aria-hidden="true" />
                <span>{item.label}</span>
              </Link>
            ))}
          </div>
        ))}
      </nav>
    </Dialog>
  );
}

/** On a phone: home, the first two places of the apps, tasks, and everything else behind a menu. */
export function BottomBar() {
  const { t } = useTranslation();
  const groups = useNavigation();
  const badges = useBadges();
  const [open, setOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const favourites = groups
    .filter((group) => group.key !== "fixed" && group.key !== "admin")
    .flatMap((group) => group.items)
    .slice(0, FROM_APPS);
  return (
    <>
      <nav className={styles.bottom} aria-label={t("nav.label")}>
        <Link to="/" className={styles.tab} activeOptions={{ exact: true }}>
          <House size={21} aria-hidden="true" />
          <span>{t("nav.home")}</span>
        </Link>
        {favourites.map((item) => (
          <Link key={item.key} to={item.to} className={styles.tab} activeOptions={{ includeSearch: false }}>
            <item.icon size={21} aria-hidden="true" />
            <span>{item.label}</span>
          </Link>
        ))}
        <Link to="/tasks" className={styles.tab}>
          <span className={styles.badge}>
            <ClipboardCheck size={21} aria-hidden="true" />
            <Badge value={badges.tasks} />
          </span>
          <span>{t("nav.tasks")}</span>
        </Link>
        <button type="button" className={styles.tab} aria-haspopup="dialog" onClick={() => setOpen(true)}>
          <MenuIcon size={21} aria-hidden="true" />
          <span>{t("nav.menu")}</span>
        </button>
      </nav>
      {open && <MenuSheet key={path} groups={groups} onClose={() => setOpen(false)} />}
    </>
  );
}
