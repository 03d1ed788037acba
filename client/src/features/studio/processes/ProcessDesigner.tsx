import { Link } from "@tanstack/react-router";
import { ArrowLeft, FlaskConical, List, Plus, Settings2, Users, Workflow, X } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRunning } from "@/api/processes";
import { IconButton } from "@/ui/Button";
import { Segments } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { useIsPhone } from "@/ui/media";
import { SkeletonLines } from "@/ui/surfaces";
import { ConnectDialog } from "./ConnectDialog";
import { NameDialog } from "./NameDialog";
import styles from "./Processes.module.css";
import { ProcessPanel } from "./ProcessPanel";
import { RunningPanel } from "./RunningPanel";
import { SimulationPanel } from "./SimulationPanel";
import { StageList } from "./StageList";
import { StagePanel } from "./StagePanel";
import type { Chosen } from "./selection";
import { Tool } from "./Tool";
import { TransitionPanel } from "./TransitionPanel";
import { type Adding, useDesign } from "./useDesign";
import type { ProcessHandle } from "./useProcess";

const Canvas = lazy(() => import("./Canvas").then((module) => ({ default: module.Canvas })));

type Aside = "chosen" | "process" | "simulation" | "running";

/** The designer: the picture or list of stages, and beside it what is chosen, the walk, or where records run. */
export function ProcessDesigner({ handle }: { handle: ProcessHandle }) {
  const { t } = useTranslation(["processes", "common"]);
  const isPhone = useIsPhone();
  const { process } = handle;
  const [mode, setMode] = useState<"canvas" | "list">("canvas");
  // What holds for the whole process is beside it until something is chosen; on a phone it would cover the picture.
  const settled: Aside | null = isPhone ? null : "process";
  const [aside, setAside] = useState<Aside | null>(settled);
  const [chosen, setChosen] = useState<Chosen>(null);
  const [adding, setAdding] = useState<Adding>(null);
  const [connecting, setConnecting] = useState<string | null>(null);
  const running = useRunning(process.key, handle.isPublished);
  const choose = (next: Chosen) => {
    setChosen(next);
    setAside(next ? "chosen" : aside === "chosen" ? settled : aside);
  };
  const design = useDesign(handle, choose);
  const counts = new Map<string, number>();
  for (const version of running.data?.versions ?? [])
    for (const stage of version.stages) counts.set(stage.key, (counts.get(stage.key) ?? 0) + stage.records);
  const former = running.data?.versions.filter((each) => !each.current && each.records > 0).length ?? 0;
  const stage = chosen?.kind === "stage" ? process.stages.find((each) => each.key === chosen.key) : undefined;
  const transition =
    chosen?.kind === "transition" ? process.transitions.find((each) => each.key === chosen.key) : undefined;
  const toggle = (which: Aside) => setAside(aside === which ? null : which);
  const content: Record<Aside, ReactNode> = {
    chosen: stage ? (
      <StagePanel
        key={stage.key}
        handle={handle}
        stage={stage}
        onInsert={() => setAdding({ after: stage.key })}
        onRemove={() => design.remove(chosen)}
      />
    ) : transition ? (
      <TransitionPanel
        key={transition.key}
        handle={handle}
        transition={transition}
        onInsert={() => setAdding({ after: null, into: transition })}
        onRemoved={() => choose(null)}
      />
    ) : null,
    process: <ProcessPanel handle={handle} />,
    simulation: <SimulationPanel handle={handle} />,
    running: <RunningPanel handle={handle} running={running.data} />,
  };
  const shown = aside ? content[aside] : null;
  const isList = isPhone || mode === "list";
  return (
    <div className={styles.designer}>
      <header className={styles.bar}>
        <Link to="/studio/processes" className={styles.back ?? ""} aria-label={t("processes:all")}>
          <ArrowLeft size={16} />
        </Link>
        <h2>{handle.text(process.label, process.key)}</h2>
        {!isPhone && (
          <Segments
            label={t("processes:mode.label")}
            value={mode}
            options={[
              { value: "canvas", label: t("processes:mode.canvas"), icon: <Workflow size={14} /> },
              { value: "list", label: t("processes:mode.list"), icon: <List size={14} /> },
            ]}
            onChange={setMode}
          />
        )}
        <span className={styles.push} />
        <Tool label={t("processes:stage.add")} icon={<Plus size={15} />} onClick={() => setAdding({ after: null })} />
        <Tool
          label={t("processes:process.settings")}
          icon={<Settings2 size={15} />}
          active={aside === "process"}
          onClick={() => toggle("process")}
        />
        <Tool
          label={t("processes:walk.title")}
          icon={<FlaskConical size={15} />}
          active={aside === "simulation"}
          onClick={() => toggle("simulation")}
        />
        {handle.isPublished && (
          <Tool
            label={t("processes:running.title")}
            icon={<Users size={15} />}
            active={aside === "running"}
            count={former}
            onClick={() => toggle("running")}
          />
        )}
      </header>
      <div className={styles.split}>
        <div className={styles.stage}>
          {isList ? (
            <StageList
              handle={handle}
              counts={counts}
              chosen={chosen}
              onChoose={choose}
              onAdd={(after) => setAdding({ after })}
              onConnect={setConnecting}
            />
          ) : (
            <Suspense fallback={<SkeletonLines lines={6} />}>
              <Canvas
                handle={handle}
                counts={counts}
                chosen={chosen}
                onChoose={choose}
                onConnect={design.connect}
                onInsert={(move) => setAdding({ after: null, into: move })}
                onRemove={design.remove}
              />
            </Suspense>
          )}
        </div>
        {shown && !isPhone && (
          <aside className={styles.aside}>
            <IconButton
              label={t("common:actions.close")}
              className={styles.close ?? ""}
              onClick={() => (aside === "chosen" ? choose(null) : setAside(null))}
            >
              <X size={16} />
            </IconButton>
            {shown}
          </aside>
        )}
      </div>
      {shown && isPhone && (
        <Dialog
          side
          title={handle.text(process.label)}
          closeLabel={t("common:actions.close")}
          onClose={() => (aside === "chosen" ? choose(null) : setAside(null))}
        >
          {shown}
        </Dialog>
      )}
      {adding && (
        <NameDialog
          title={adding.into || adding.after ? t("processes:stage.insert") : t("processes:stage.add")}
          label={t("processes:stage.name")}
          hint={
            adding.into
              ? t("processes:stage.insertInto", { move: handle.text(adding.into.label) })
              : adding.after
                ? t("processes:stage.insertBehind", { stage: handle.stageName(adding.after) })
                : t("processes:stage.addHint")
          }
          onDone={(name) => void design.add(name, adding)}
          onClose={() => setAdding(null)}
        />
      )}
      {connecting && (
        <ConnectDialog
          handle={handle}
          source={connecting}
          onConnect={(target) => design.connect(connecting, target)}
          onClose={() => setConnecting(null)}
        />
      )}
    </div>
  );
}
