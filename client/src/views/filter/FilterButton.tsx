import { ListFilter } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { countComparisons } from "@/model/filter";
import { Button } from "@/ui/Button";
import { Popup } from "@/ui/Popup";
import { SkeletonLines } from "@/ui/surfaces";
import styles from "../list/List.module.css";
import type { FilterProps } from "./FilterPanel";

const FilterPanel = lazy(() => import("./FilterPanel").then((module) => ({ default: module.FilterPanel })));

export function FilterButton(props: FilterProps) {
  const { t } = useTranslation("records");
  const count = countComparisons(props.filter);
  return (
    <Popup
      label={t("filter.title")}
      trigger={(trigger) => (
        <Button {...trigger} kind={count > 0 ? "plain" : "quiet"} active={count > 0} icon={<ListFilter size={16} />}>
          {count > 0 ? t("filter.active", { count }) : t("filter.title")}
        </Button>
      )}
    >
      {(close) => (
        <Suspense
          fallback={
            <div className={styles.builder}>
              <SkeletonLines lines={3} />
            </div>
          }
        >
          <FilterPanel {...props} onClose={close} />
        </Suspense>
      )}
    </Popup>
  );
}
