import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useApiKeyChanges, useApiKeys, useRoles } from "@/api/admin";
import type { ApiKey } from "@/api/types";
import { useErrorText, useWhenText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { FieldFrame, NativeSelect, TextInput } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { EmptyState, Notice, Panel, PlainTable } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { Confirm } from "@/views/dialogs/Confirm";
import styles from "./Account.module.css";

function CreateDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["session", "common"]);
  const errorText = useErrorText();
  const roles = useRoles();
  const { create } = useApiKeyChanges();
  const [name, setName] = useState("");
  const [role, setRole] = useState("");
  const chosen = role || roles.data?.[0]?.key || "";
  const secret = create.data?.secret;
  const copy = () =>
    void navigator.clipboard.writeText(secret ?? "").then(() => toast.done(t("session:account.keyCopied")));
  return (
    <Dialog
      title={t("session:account.keyCreate")}
      width={480}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      onSubmit={() => {
        if (!secret && name.trim() && chosen) create.mutate({ name: name.trim(), role: chosen });
      }}
      foot={
        secret ? (
          <Button kind="primary" onClick={copy}>
            {t("session:account.keyCopy")}
          </Button>
        ) : (
          <Button kind="primary" type="submit" disabled={!name.trim() || !chosen} busy={create.isPending}>
            {t("common:actions.create")}
          </Button>
        )
      }
    >
      <div className={styles.stack}>
        {create.error && <Notice kind="danger">{errorText(create.error)}</Notice>}
        {secret ? (
          <>
            <Notice kind="warning">{t("session:account.keyCreated")}</Notice>
            <div className={styles.secret}>{secret}</div>
          </>
        ) : (
          <>
            <FieldFrame label={t("session:account.keyName")} required>
              {(ids) => (
                <TextInput {...ids} data-autofocus value={name} onChange={(event) => setName(event.target.value)} />
              )}
            </FieldFrame>
            <FieldFrame label={t("session:account.keyRole")} required>
              {(ids) => (
                <NativeSelect {...ids} value={chosen} onChange={(event) => setRole(event.target.value)}>
                  {roles.data?.map((each) => (
                    <option key={each.key} value={each.key}>
                      {each.label}
                    </option>
                  ))}
                </NativeSelect>
              )}
            </FieldFrame>
          </>
        )}
      </div>
    </Dialog>
  );
}

export function ApiKeysPanel() {
  const { t } = useTranslation("session");
  const errorText = useErrorText();
  const whenText = useWhenText();
  const keys = useApiKeys(true);
  const { remove } = useApiKeyChanges();
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  return (
    <Panel
      flush
      title={t("account.keys")}
      actions={
        <Button small icon={<Plus size={15} />} onClick={() => setCreating(true)}>
          {t("account.keyCreate")}
        </Button>
      }
    >
      <p className={styles.note} style={{ padding: "10px 16px" }}>
        {t("account.keysText")}
      </p>
      {keys.isError && <EmptyState title={errorText(keys.error)} />}
      {keys.data?.length === 0 && <EmptyState title={t("account.keysEmpty")} />}
      {keys.data && keys.data.length > 0 && (
        <PlainTable label={t("account.keys")}>
          <thead>
            <tr>
              {(["keyName", "keyRole", "keyPrefix", "keyUsed"] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`account.${column}`)}
                </th>
              ))}
              <th scope="col" />
            </tr>
          </thead>
          <tbody>
            {keys.data.map((key) => (
              <tr key={key.id}>
                <td>{key.name}</td>
                <td>{key.role}</td>
                <td>xl_{key.prefix}…</td>
                <td>{key.used_at ? whenText(key.used_at) : t("account.keyNever")}</td>
                <td style={{ textAlign: "right" }}>
                  <Button small kind="quiet" onClick={() => setRevoking(key)}>
                    {t("account.keyRevoke")}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
      {creating && <CreateDialog onClose={() => setCreating(false)} />}
      {revoking && (
        <Confirm
          title={t("account.keyRevokeSure", { name: revoking.name })}
          confirm={t("account.keyRevoke")}
          busy={remove.isPending}
          onClose={() => setRevoking(null)}
          onConfirm={() =>
            remove.mutate(revoking.id, {
              onSuccess: () => setRevoking(null),
              onError: (error) => toast.error(errorText(error)),
            })
          }
        />
      )}
    </Panel>
  );
}
