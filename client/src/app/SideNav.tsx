import { Link, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/api/session";
import { Badge, useBadges } from "./Badge";
import { useNavigation } from "./navigation";
import styles from "./Shell.module.css";

const StudioNav = lazy(() => import("./StudioNav"));

function WorkNav() {
  const groups = useNavigation();
  const badges = useBadges();
  return (
    <div className={styles.menu}>
      {groups.map((group) => (
        <div key={group.key} {...(group.label && group.key !== "admin" ? { "data-tour": "nav.apps" } : {})}>
          {group.label && <div className={styles.heading}>{group.label}</div>}
          {group.items.map((item) => (
            <Link
              key={item.key}
              to={item.to}
              className={styles.item}
              data-tour={`nav.${item.key}`}
              activeOptions={{ exact: item.to === "/", includeSearch: false }}
            >
              <item.icon size={17} aria-hidden="true" />
              <span>{item.label}</span>
              {item.badge && <Badge value={badges[item.badge]} />}
            </Link>
          ))}
        </div>
      ))}
    </div>
  );
}

export function SideNav() {
  const { t } = useTranslation();
  const session = useSession();
  const isStudio = useRouterState({ select: (state) => /^\/studio(\/|$)/.test(state.location.pathname) });
  return (
    <nav className={styles.nav} aria-label={t("nav.label")}>
      <Link to="/" className={styles.brand} title={session?.workspace.name}>
        <img src="/icon.svg" alt="" width={26} height={26} />
        {t("product")}
        <small>{session?.workspace.name}</small>
      </Link>
      {isStudio ? (
        <Suspense fallback={null}>
          <StudioNav />
        </Suspense>
      ) : (
        <WorkNav />
      )}
    </nav>
  );
}
