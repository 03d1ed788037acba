import { List, Network, Plus, Spline, Wand2 } from "lucide-react";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useEntityCounts, useModelPlaces } from "@/api/modelling";
import { Button } from "@/ui/Button";
import { SearchInput, Segments } from "@/ui/controls";
import { useIsPhone } from "@/ui/media";
import { SkeletonLines } from "@/ui/surfaces";
import { NewDialog } from "../choices/NewDialog";
import { EntityPanel } from "./EntityPanel";
import { fitsSearch, relationsOf } from "./graph";
import styles from "./Model.module.css";
import { ModelList } from "./ModelList";
import { RelationDialog } from "./RelationDialog";
import { RelationPanel } from "./RelationPanel";
import { useModelEdits } from "./useModelEdits";

const Canvas = lazy(() => import("./ModelCanvas").then((found) => ({ default: found.ModelCanvas })));

export interface Chosen {
  kind: "entity" | "relation";
  id: string;
}

/** Forms and their relations: as a picture that can be edited, or as a list of the same. */
export function ModelPage() {
  const { t } = useTranslation("model");
  const isPhone = useIsPhone();
  const edits = useModelEdits();
  const [form, setForm] = useState<"picture" | "list">("picture");
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [wanted, setWanted] = useState("");
  const [making, setMaking] = useState(false);
  const [relating, setRelating] = useState<{ source: string; target: string } | null>(null);
  const [arranged, setArranged] = useState(0);
  const places = useModelPlaces();
  const counts = useEntityCounts();
  const shown = isPhone ? "list" : form;
  const relations = useMemo(() => relationsOf(edits.definitions), [edits.definitions]);
  const entity = chosen?.kind === "entity" ? edits.entity(chosen.id) : undefined;
  const relation = chosen?.kind === "relation" ? relations.find((each) => each.id === chosen.id) : undefined;
  const found = edits.entities.filter((each) => fitsSearch(each, edits.name(each.label), wanted));
  const focus = () => {
    const first = found[0];
    if (first && wanted.trim()) setChosen({ kind: "entity", id: first.key });
  };
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        {!isPhone && (
          <Segments
            label={t("form")}
            value={form}
            options={[
              { value: "picture", label: t("picture"), icon: <Network size={15} /> },
              { value: "list", label: t("list"), icon: <List size={15} /> },
            ]}
            onChange={setForm}
          />
        )}
        <SearchInput
          className={styles.search}
          value={wanted}
          aria-label={t("find")}
          placeholder={t("find")}
          onChange={(event) => setWanted(event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && focus()}
        />
        <span className={styles.space} />
        {shown === "picture" && (
          <Button icon={<Wand2 size={15} />} onClick={() => setArranged(arranged + 1)}>
            {t("arrange")}
          </Button>
        )}
        <Button icon={<Spline size={15} />} onClick={() => setRelating({ source: entity?.key ?? "", target: "" })}>
          {t("addRelation")}
        </Button>
        <Button kind="primary" icon={<Plus size={15} />} onClick={() => setMaking(true)}>
          {t("addEntity")}
        </Button>
      </div>
      <div className={styles.body} data-panel={Boolean(entity || relation) || undefined}>
        {shown === "list" ? (
          <ModelList entities={found} relations={relations} counts={counts.data} chosen={chosen} onChoose={setChosen} />
        ) : (
          <Suspense fallback={<SkeletonLines lines={8} />}>
            {places.data && (
              <Canvas
                places={places.data}
                relations={relations}
                counts={counts.data}
                found={wanted.trim() ? found.map((each) => each.key) : null}
                arranged={arranged}
                chosen={chosen}
                onChoose={setChosen}
                onRelate={(source, target) => setRelating({ source, target })}
              />
            )}
          </Suspense>
        )}
        {entity && (
          <EntityPanel
            key={entity.key}
            entity={entity}
            relations={relations}
            onChoose={setChosen}
            onClose={() => setChosen(null)}
          />
        )}
        {relation && (
          <RelationPanel key={relation.id} relation={relation} onChoose={setChosen} onClose={() => setChosen(null)} />
        )}
      </div>
      {making && (
        <NewDialog
          title={t("addEntity")}
          label={t("entityName")}
          help={t("entityNameHelp")}
          onMake={async (label) => {
            setChosen({ kind: "entity", id: await edits.addEntity(label) });
            setMaking(false);
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {relating && <RelationDialog {...relating} onClose={() => setRelating(null)} />}
    </div>
  );
}
