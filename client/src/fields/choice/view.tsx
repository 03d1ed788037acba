import { CircleDot, KeyRound, ListChecks, Tags, ToggleLeft } from "lucide-react";
import { useTranslation } from "react-i18next";
import { listOf } from "@/model/values";
import { classes } from "@/ui/classes";
import { Tag } from "@/ui/surfaces";
import { Empty } from "../Empty";
import styles from "../fields.module.css";
import type { FieldView, ShowProps } from "../module";
import { useCatalogue } from "../useCatalogue";

function Options({ props, isLine }: { props: ShowProps; isLine: boolean }) {
  const catalogue = useCatalogue();
  const keys = listOf(props.value);
  if (keys.length === 0) return <Empty />;
  const options = new Map(catalogue.options(props.field).map((each) => [each.key, each]));
  return (
    <span className={classes(styles.tags, isLine && styles.tagsLine)}>
      {keys.map((key) => {
        const option = options.get(key);
        return (
          <Tag key={key} colour={option?.colour} retired={option?.retired}>
            {option?.label ?? (keys.length === 1 ? (props.display ?? key) : key)}
          </Tag>
        );
      })}
    </span>
  );
}

const Line = (props: ShowProps) => <Options props={props} isLine />;
const Full = (props: ShowProps) => <Options props={props} isLine={false} />;

function Keywords({ value }: ShowProps) {
  const words = listOf(value);
  if (words.length === 0) return <Empty />;
  return (
    <span className={styles.tags}>
      {words.map((word) => (
        <Tag key={word}>{word}</Tag>
      ))}
    </span>
  );
}

function SwitchCell({ value }: ShowProps) {
  const { t } = useTranslation("common");
  if (value === null) return <Empty />;
  return <Tag colour={value ? "green" : "grey"}>{t(value ? "actions.yes" : "actions.no")}</Tag>;
}

export const singleSelect: FieldView = { icon: CircleDot, align: "start", width: 130, Cell: Line };
export const multiSelect: FieldView = { icon: Tags, align: "start", width: 180, Cell: Line, Full };
export const checklist: FieldView = { icon: ListChecks, align: "start", width: 180, Cell: Line, Full };
export const keywordList: FieldView = { icon: KeyRound, align: "start", width: 200, Cell: Keywords };
export const switchView: FieldView = { icon: ToggleLeft, align: "start", width: 80, Cell: SwitchCell };
