import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCatalogue } from "@/fields/useCatalogue";
import { intoSight } from "@/ui/sight";
import { KindIcon } from "../kinds/KindIcon";
import styles from "./List.module.css";
import { ViewMenu, type ViewMenuProps } from "./ViewMenu";

/** The views of an entity side by side; one's own can be changed and deleted here. */
export function ViewTabs(props: ViewMenuProps) {
  const { entity, view, state } = props;
  const { t } = useTranslation("records");
  const views = useCatalogue().viewsOf(entity);
  return (
    <div className={styles.tabRow}>
      <nav className={styles.tabs} data-goes-on aria-label={t("views.label")}>
        {views.map((each) => (
          <Link
            key={each.key}
            to="/v/$view"
            params={{ view: each.key }}
            className={styles.tab}
            data-active={each.key === view?.key}
            ref={each.key === view?.key ? intoSight : undefined}
          >
            <KindIcon kind={each.kind} size={14} />
            {each.label}
            {each.personal && <small>{t(each.shared ? "views.sharedMark" : "views.personal")}</small>}
            {each.key === view?.key && state.isChanged && <small>· {t("views.changed")}</small>}
          </Link>
        ))}
      </nav>
      <ViewMenu {...props} />
    </div>
  );
}
