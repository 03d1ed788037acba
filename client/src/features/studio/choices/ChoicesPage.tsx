import { Hash, ListChecks, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { NativeSelect, SearchInput } from "@/ui/controls";
import { useIsPhone } from "@/ui/media";
import { EmptyState } from "@/ui/surfaces";
import { useDraft } from "../draft/useDraft";
import styles from "./Choices.module.css";
import { NewDialog } from "./NewDialog";
import { NumberingEditor } from "./NumberingEditor";
import { SetEditor } from "./SetEditor";
import { useChoiceEdits } from "./useChoiceEdits";

/** What is open: `set/<key>` or `numbering/<key>`, kept in the address so that others can point here. */
function useOpened(): [string, (next: string) => void] {
  const [opened, setOpened] = useState(() => decodeURIComponent(window.location.hash.slice(1)));
  const open = (next: string) => {
    window.history.replaceState(window.history.state, "", `#${next}`);
    setOpened(next);
  };
  return [opened, open];
}

/** Lists of options and rules of numbers: chosen on the left, edited on the right. */
export function ChoicesPage() {
  const { t } = useTranslation("choices");
  const isPhone = useIsPhone();
  const edits = useChoiceEdits();
  const { problemsAt } = useDraft();
  const [opened, open] = useOpened();
  const [wanted, setWanted] = useState("");
  const [making, setMaking] = useState<"set" | "numbering" | null>(null);
  const { sets, numberings, name } = edits;
  const entries = [
    ...sets.map((each) => ({ id: `set/${each.key}`, label: name(each.label), count: each.options.length })),
    ...numberings.map((each) => ({ id: `numbering/${each.key}`, label: name(each.label), count: null })),
  ];
  const [kind, key] = (entries.some((each) => each.id === opened) ? opened : (entries[0]?.id ?? "")).split("/");
  const set = kind === "set" ? sets.find((each) => each.key === key) : undefined;
  const numbering = kind === "numbering" ? numberings.find((each) => each.key === key) : undefined;
  const groups = [
    { kind: "set" as const, icon: ListChecks, entries: entries.filter((each) => each.count !== null) },
    { kind: "numbering" as const, icon: Hash, entries: entries.filter((each) => each.count === null) },
  ];
  const make = async (label: string) => {
    const made = making === "set" ? await edits.addSet(label) : await edits.addNumbering(label);
    open(`${making}/${made}`);
    setMaking(null);
  };
  return (
    <div className={styles.page}>
      {isPhone ? (
        <div className={styles.phoneBar}>
          <NativeSelect aria-label={t("list")} value={`${kind}/${key}`} onChange={(event) => open(event.target.value)}>
            {groups.map((group) => (
              <optgroup key={group.kind} label={t(`${group.kind}s`)}>
                {group.entries.map((each) => (
                  <option key={each.id} value={each.id}>
                    {each.label}
                  </option>
                ))}
              </optgroup>
            ))}
          </NativeSelect>
          <Button small icon={<Plus size={14} />} onClick={() => setMaking("set")}>
            {t("addSet")}
          </Button>
          <Button small icon={<Plus size={14} />} onClick={() => setMaking("numbering")}>
            {t("addNumbering")}
          </Button>
        </div>
      ) : (
        <nav className={styles.nav} aria-label={t("list")}>
          <SearchInput
            value={wanted}
            aria-label={t("find")}
            placeholder={t("find")}
            onChange={(event) => setWanted(event.target.value)}
          />
          {groups.map((group) => (
            <section key={group.kind}>
              <header>
                <h2>{t(`${group.kind}s`)}</h2>
                <Button small kind="link" icon={<Plus size={14} />} onClick={() => setMaking(group.kind)}>
                  {t(group.kind === "set" ? "addSet" : "addNumbering")}
                </Button>
              </header>
              {group.entries
                .filter((each) => each.label.toLowerCase().includes(wanted.trim().toLowerCase()))
                .map((each) => (
                  <button
                    key={each.id}
                    type="button"
                    aria-current={each.id === `${kind}/${key}` || undefined}
                    className={classes(styles.entry)}
                    onClick={() => open(each.id)}
                  >
                    <group.icon size={15} aria-hidden="true" />
                    <span>{each.label}</span>
                    {problemsAt([group.kind === "set" ? "option_sets" : "numberings", each.id.split("/")[1] ?? ""])
                      .length > 0 && <b role="img" aria-label={t("hasProblems")} />}
                    {each.count !== null && <small>{each.count}</small>}
                  </button>
                ))}
            </section>
          ))}
        </nav>
      )}
      <div className={styles.main}>
        {set && <SetEditor key={set.key} set={set} onGone={() => open("")} />}
        {numbering && <NumberingEditor key={numbering.key} numbering={numbering} onGone={() => open("")} />}
        {!set && !numbering && <EmptyState icon={<ListChecks size={40} />} title={t("empty")} text={t("emptyText")} />}
      </div>
      {making && (
        <NewDialog
          title={t(making === "set" ? "addSet" : "addNumbering")}
          label={t("name")}
          onMake={make}
          onClose={() => setMaking(null)}
        />
      )}
    </div>
  );
}
