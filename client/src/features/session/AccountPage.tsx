import { useTranslation } from "react-i18next";
import { useChangeMe, useDevices, useEndDevice, useMe } from "@/api/session";
import type { Language } from "@/api/types";
import { useAppearanceChoice } from "@/fields/useAppearanceChoice";
import { useErrorText, useWhenText } from "@/fields/useTexts";
import { changeLanguage } from "@/i18n";
import { useLanguage } from "@/i18n/useLanguage";
import { listed } from "@/model/words";
import { DENSITIES, THEMES, useAppearance } from "@/ui/appearance";
import { Button } from "@/ui/Button";
import { Segments } from "@/ui/controls";
import { EmptyState, Page, PageHeader, Panel, PlainTable, SkeletonLines, Tag } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import styles from "./Account.module.css";
import { ApiKeysPanel } from "./ApiKeysPanel";
import { deviceName } from "./devices";
import { NewPasswordForm } from "./NewPasswordForm";
import { NoticesPanel } from "./NoticesPanel";
import { TotpPanel } from "./TotpPanel";

function Looks() {
  const { t } = useTranslation();
  const { theme, density } = useAppearance();
  const look = useAppearanceChoice();
  return (
    <>
      <div>
        <dt>{t("appearance.theme")}</dt>
        <dd>
          <Segments
            label={t("appearance.theme")}
            value={theme}
            options={THEMES.map((each) => ({ value: each, label: t(`appearance.${each}`) }))}
            onChange={(next) => look({ theme: next })}
          />
        </dd>
      </div>
      <div>
        <dt>{t("appearance.density")}</dt>
        <dd>
          <Segments
            label={t("appearance.density")}
            value={density}
            options={DENSITIES.map((each) => ({ value: each, label: t(`appearance.${each}`) }))}
            onChange={(next) => look({ density: next })}
          />
        </dd>
      </div>
    </>
  );
}

function Profile() {
  const { t } = useTranslation("session");
  const me = useMe();
  const language = useLanguage();
  const change = useChangeMe();
  const lines = [
    { key: "name", value: me.name },
    { key: "login", value: me.login },
    { key: "email", value: me.email },
    { key: "phone", value: me.phone },
    { key: "department", value: me.department?.name },
    {
      key: "roles",
      value: listed(
        me.roles.map((role) => role.label),
        language,
      ),
    },
  ] as const;
  const choose = async (next: Language) => {
    await changeLanguage(next);
    change.mutate({ language: next });
  };
  return (
    <Panel title={t("account.profile")}>
      <dl className={styles.pairs}>
        {lines.map((line) => (
          <div key={line.key}>
            <dt>{t(`account.${line.key}`)}</dt>
            <dd>{line.value || "–"}</dd>
          </div>
        ))}
        <div>
          <dt>{t("account.language")}</dt>
          <dd>
            <Segments
              label={t("account.language")}
              value={language}
              options={[
                { value: "zh", label: "中文" },
                { value: "en", label: "English" },
              ]}
              onChange={(next) => void choose(next)}
            />
          </dd>
        </div>
        <Looks />
      </dl>
    </Panel>
  );
}

function Devices() {
  const { t } = useTranslation("session");
  const errorText = useErrorText();
  const whenText = useWhenText();
  const devices = useDevices();
  const end = useEndDevice();
  return (
    <Panel flush title={t("account.devices")}>
      {devices.isPending && (
        <div style={{ padding: 16 }}>
          <SkeletonLines lines={3} />
        </div>
      )}
      {devices.isError && <EmptyState title={errorText(devices.error)} />}
      {devices.data && (
        <PlainTable stacked label={t("account.devices")}>
          <thead>
            <tr>
              <th scope="col">{t("account.device")}</th>
              <th scope="col">{t("account.address")}</th>
              <th scope="col">{t("account.seen")}</th>
              <th scope="col" />
            </tr>
          </thead>
          <tbody>
            {devices.data.map((device) => (
              <tr key={device.id}>
                <td title={device.agent ?? ""}>{deviceName(device.agent) ?? t("account.unknownDevice")}</td>
                <td data-label={t("account.address")}>{device.address}</td>
                <td data-label={t("account.seen")}>{whenText(device.seen_at)}</td>
                <td style={{ textAlign: "right" }}>
                  {device.current ? (
                    <Tag colour="green">{t("account.thisDevice")}</Tag>
                  ) : (
                    <Button
                      small
                      onClick={() =>
                        end.mutate(device.id, {
                          onSuccess: () => toast.done(t("account.deviceEnded")),
                          onError: (error) => toast.error(errorText(error)),
                        })
                      }
                    >
                      {t("account.endDevice")}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
    </Panel>
  );
}

export function AccountPage() {
  const { t } = useTranslation("session");
  const me = useMe();
  return (
    <Page>
      <PageHeader title={t("account.title")} />
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Profile />
          <Devices />
          {me.abilities.includes("api_keys") && <ApiKeysPanel />}
        </div>
        <div className={styles.stack}>
          <NoticesPanel />
          <TotpPanel />
          <Panel title={t("password.title")}>
            <NewPasswordForm />
          </Panel>
        </div>
      </div>
    </Page>
  );
}
