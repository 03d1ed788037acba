import { ChevronRight } from "lucide-react";
import { type ReactNode, useEffect, useId, useState } from "react";
import { fieldViews } from "@/fields/registry";
import { classes } from "@/ui/classes";
import { type ArrangedGroup, type ArrangedTab, hasAny, type PlacedField, spanOf, tabWith } from "./arrange";
import styles from "./Form.module.css";

interface SheetProps {
  tabs: ArrangedTab[];
  /** Fields that something is wrong with: their tab and group open. */
  wrong?: ReadonlySet<string>;
  /** A field whose tab and group are open at first. */
  focus?: string | null | undefined;
  /** One field, drawn into its place. */
  children: (placed: PlacedField, span: number) => ReactNode;
  /** How a group's fields stand: a grid of controls or a list of values. */
  grid: (group: ArrangedGroup, content: ReactNode) => ReactNode;
}

const NONE: ReadonlySet<string> = new Set();

interface GroupProps {
  group: ArrangedGroup;
  isWrong: boolean;
  isWanted: boolean;
  children: ReactNode;
}

function Group({ group, isWrong, isWanted, children }: GroupProps) {
  const [isOpen, setOpen] = useState(group.fold !== "closed" || isWanted);
  const id = useId();
  useEffect(() => {
    if (isWrong) setOpen(true);
  }, [isWrong]);
  if (!group.label) return <div className={styles.group}>{children}</div>;
  const folds = group.fold !== "never";
  return (
    <section className={styles.group} aria-labelledby={`${id}-name`}>
      <h3 className={styles.groupName} id={`${id}-name`}>
        {folds ? (
          <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
            <ChevronRight size={16} aria-hidden="true" className={classes(isOpen && styles.turned)} />
            {group.label}
          </button>
        ) : (
          group.label
        )}
      </h3>
      <div id={id} hidden={folds && !isOpen}>
        {children}
      </div>
    </section>
  );
}

/** Moves between tabs by arrows, as tab lists do. */
function moveTab(event: React.KeyboardEvent<HTMLDivElement>): void {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]")];
  const at = all.indexOf(document.activeElement as HTMLElement);
  const step: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 };
  const next = step[event.key];
  if (next === undefined || at < 0) return;
  event.preventDefault();
  const target = all[(next + all.length) % all.length];
  target?.focus();
  target?.click();
}

/** A form's tabs and groups, whatever stands in them: controls of a form or values of a record. */
export function Sheet({ tabs, wrong = NONE, focus, children, grid }: SheetProps) {
  const wanted = new Set(focus ? [focus] : []);
  const [chosen, setChosen] = useState<string | null>(() => tabWith(tabs, wanted)?.key ?? null);
  const id = useId();
  const current = tabs.find((tab) => tab.key === chosen) ?? tabs[0];
  const isHere = current !== undefined && tabWith([current], wrong) !== null;
  const elsewhere = isHere ? null : (tabWith(tabs, wrong)?.key ?? null);
  const key = [...wrong].join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer, not each time a tab is opened
  useEffect(() => {
    if (elsewhere) setChosen(elsewhere);
  }, [key]);
  if (!current) return null;
  const body = current.groups.map((group) => (
    <Group key={group.key} group={group} isWrong={hasAny(group, wrong)} isWanted={hasAny(group, wanted)}>
      {grid(
        group,
        group.fields.map((placed) =>
          children(placed, spanOf(placed, group.columns, fieldViews[placed.field.type].isWide === true)),
        ),
      )}
    </Group>
  ));
  if (tabs.length === 1) return <div className={styles.sheet}>{body}</div>;
  return (
    <div className={styles.sheet}>
      <div className={styles.tabs} data-goes-on role="tablist" onKeyDown={moveTab}>
        {tabs.map((tab) => (
          <button
            key={tab.key}
            type="button"
            role="tab"
            id={`${id}-${tab.key}`}
            aria-selected={tab === current}
            aria-controls={`${id}-panel`}
            tabIndex={tab === current ? 0 : -1}
            data-wrong={tabWith([tab], wrong) !== null || undefined}
            onClick={() => setChosen(tab.key)}
          >
            {tab.label ?? tab.key}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${current.key}`}>
        {body}
      </div>
    </div>
  );
}
