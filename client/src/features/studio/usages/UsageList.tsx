import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { type Used, useUsages } from "@/api/modelling";
import type { UsedPlace } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { SkeletonLines } from "@/ui/surfaces";
import { useDraftStore } from "../draft/store";
import { useDraft } from "../draft/useDraft";
import { placeOf } from "./places";
import styles from "./Usages.module.css";

interface UsageListProps {
  /** What is asked after. (React keeps the name `key` to itself.) */
  used: Used;
  /** Said when nothing uses it. */
  none?: string;
}

/** Where something is used, each place a way to it. */
export function UsageList({ used, none }: UsageListProps) {
  const { t } = useTranslation("model");
  const errorText = useErrorText();
  const { revision } = useDraft();
  const flush = useDraftStore((state) => state.flush);
  useEffect(() => {
    void flush();
  }, [flush]);
  const usages = useUsages(used, revision);
  if (usages.isPending) return <SkeletonLines lines={3} />;
  if (usages.isError) return <p className={styles.none}>{errorText(usages.error)}</p>;
  if (usages.data.length === 0) return <p className={styles.none}>{none ?? t("usages.none")}</p>;
  return (
    <ul className={styles.list} aria-label={t("usages.title")}>
      {usages.data.map((place) => (
        <li key={`${place.kind}/${place.entity}/${place.key}/${place.label}/${place.aspect}`}>
          <Usage place={place} />
        </li>
      ))}
    </ul>
  );
}

function Usage({ place }: { place: UsedPlace }) {
  const to = placeOf(place);
  const inside = (
    <>
      <small>{place.kind_label}</small>
      <span>{place.label}</span>
      <em>{place.aspect_label}</em>
    </>
  );
  return to ? <Link to={to}>{inside}</Link> : <div>{inside}</div>;
}
