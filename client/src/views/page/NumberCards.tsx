import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useNumbers } from "@/api/tasks";
import type { HomeNumber } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useLanguage } from "@/i18n/useLanguage";
import { formatPercent, formatShort } from "@/model/format";
import { unitOf } from "@/model/plural";
import { Panel, Skeleton } from "@/ui/surfaces";
import { Failed } from "./Failed";
import styles from "./Page.module.css";
import type { BlockProps } from "./PageView";

function NumberCard({ number }: { number: HomeNumber }) {
  const { t } = useTranslation("home");
  const language = useLanguage();
  const catalogue = useCatalogue();
  const isShare = number.share;
  const value = isShare ? formatPercent(number.value, language) : formatShort(number.value, language);
  const view = number.view ? catalogue.view(number.view) : catalogue.defaultView(number.entity);
  const inside = (
    <>
      <span>{number.label}</span>
      <strong>
        {value || "–"}
        {number.value !== null && number.unit && !isShare && (
          <small>{unitOf(number.unit, Number(number.value), language)}</small>
        )}
      </strong>
      <span className="visually-hidden">{t("drill")}</span>
    </>
  );
  const search = number.filter ? { filter: number.filter } : {};
  if (view && number.view) {
    return (
      <Link className={styles.number} to="/v/$view" params={{ view: view.key }} search={search}>
        {inside}
      </Link>
    );
  }
  return (
    <Link className={styles.number} to="/e/$entity" params={{ entity: number.entity }} search={search}>
      {inside}
    </Link>
  );
}

/** The figures that the block names, or all of the member's; each leads to the rows behind it. */
export function NumberCards({ block }: BlockProps) {
  const { t } = useTranslation(["home", "common"]);
  const numbers = useNumbers();
  if (numbers.isPending) {
    return (
      <div className={styles.numbers} aria-busy="true">
        {[0, 1, 2, 3, 4].map((each) => (
          <div key={each} className={styles.number}>
            <Skeleton width="60%" />
            <strong>
              <Skeleton width="45%" height={22} />
            </strong>
          </div>
        ))}
      </div>
    );
  }
  if (numbers.isError) {
    return (
      <Panel flush title={block.title || t("home:numbers")}>
        <Failed query={numbers} />
      </Panel>
    );
  }
  const chosen =
    block.numbers.length === 0
      ? numbers.data
      : block.numbers.flatMap((key) => numbers.data.find((each) => each.key === key) ?? []);
  if (chosen.length === 0) return null;
  return (
    <section aria-label={block.title || t("home:numbers")}>
      {block.title && <h2 className={styles.blockTitle}>{block.title}</h2>}
      <div className={styles.numbers}>
        {chosen.map((number) => (
          <NumberCard key={number.key} number={number} />
        ))}
      </div>
    </section>
  );
}
