import { useIsFetching } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BlockDefinition, PageDefinition } from "@/api/types";
import { Segments } from "@/ui/controls";
import { SkeletonLines } from "@/ui/surfaces";
import { AnnouncementBlock } from "./AnnouncementBlock";
import { FiguresBlock } from "./FiguresBlock";
import { NumberCards } from "./NumberCards";
import styles from "./Page.module.css";
import { RecentBlock } from "./RecentBlock";
import { ShortcutBlock, TextBlock } from "./SmallBlocks";
import { StagesBlock } from "./StagesBlock";
import { StalledBlock } from "./StalledBlock";
import { TasksBlock } from "./TasksBlock";
import { ViewBlock } from "./ViewBlock";

export interface BlockProps {
  block: BlockDefinition;
  /** How many hours count as standing still, where the page lets one choose. */
  hours: number;
}

const BLOCKS: Record<BlockDefinition["kind"], (props: BlockProps) => React.ReactNode> = {
  numbers: NumberCards,
  tasks: TasksBlock,
  stalled: StalledBlock,
  stages: StagesBlock,
  view: ViewBlock,
  figures: FiguresBlock,
  recent: RecentBlock,
  shortcuts: ShortcutBlock,
  text: TextBlock,
  announcements: AnnouncementBlock,
};

export function Block({ block, hours }: BlockProps) {
  const Part = BLOCKS[block.kind];
  return Part ? <Part block={block} hours={hours} /> : null;
}

const QUIET_MS = 30;
const LONGEST_MS = 3_000;
const HOURS = [24, 48, 72, 168];

/** The hours of a page with blocks of standing still: as defined, until somebody chooses others. */
export function useHours(page: PageDefinition): [number | null, (hours: number) => void] {
  const [chosen, setChosen] = useState<number | null>(null);
  const first = page.blocks.find((block) => block.kind === "stalled" || block.kind === "stages");
  return [chosen ?? first?.hours ?? null, setChosen];
}

export function HoursChoice({ hours, onChange }: { hours: number; onChange: (hours: number) => void }) {
  const { t } = useTranslation("home");
  const offered = HOURS.includes(hours) ? HOURS : [...HOURS, hours].sort((one, other) => one - other);
  return (
    <div className={styles.toolbar}>
      <span>{t("meeting.hours")}</span>
      <Segments
        label={t("meeting.hours")}
        value={String(hours)}
        options={offered.map((value) => ({ value: String(value), label: t("meeting.hoursUnit", { hours: value }) }))}
        onChange={(value) => onChange(Number(value))}
      />
    </div>
  );
}

/** Whether what the page asked for first has come; whoever waits long sees what is there meanwhile. */
function useIsSettled(): boolean {
  const waiting = useIsFetching({ predicate: (query) => query.state.status === "pending" });
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    if (waiting > 0) return undefined;
    const timer = setTimeout(() => setSettled(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, [waiting]);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), LONGEST_MS);
    return () => clearTimeout(timer);
  }, []);
  return isSettled;
}

interface PageBlocksProps {
  page: PageDefinition;
  hours: number | null;
  /** What stands below the blocks. */
  children?: ReactNode;
}

/**
 * The blocks of a page: in twelve columns where there is room, one below the other on a phone. They appear together,
 * since a block that grows later would push those below away from under a finger.
 */
export function PageBlocks({ page, hours, children }: PageBlocksProps) {
  const isSettled = useIsSettled();
  return (
    <div className={styles.page}>
      {!isSettled && <SkeletonLines lines={8} />}
      <div className={styles.content} data-hidden={!isSettled}>
        <div className={styles.blocks}>
          {page.blocks.map((block) => (
            <div key={block.key} className={styles.block} style={{ "--span": block.width }} data-kind={block.kind}>
              <Block block={block} hours={hours ?? block.hours} />
            </div>
          ))}
        </div>
        {children}
      </div>
    </div>
  );
}
