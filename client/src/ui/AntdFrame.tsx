import { ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { type ReactNode, useEffect, useMemo } from "react";
import { antdTheme } from "./antdTheme";
import { useAppearance, useShownTheme } from "./appearance";

/** antd's surroundings: our tokens, the language, and pop-ups that open inside the dialog they belong to. */
export function AntdFrame({ language, children }: { language: "zh" | "en"; children: ReactNode }) {
  useEffect(() => {
    dayjs.locale(language === "zh" ? "zh-cn" : "en");
  }, [language]);
  const shown = useShownTheme();
  const { density } = useAppearance();
  const theme = useMemo(() => antdTheme(shown, density), [shown, density]);
  return (
    <ConfigProvider
      locale={language === "zh" ? zhCN : enUS}
      theme={theme}
      button={{ autoInsertSpace: false }}
      getPopupContainer={(node) => node?.closest<HTMLElement>("dialog, [popover]") ?? document.body}
    >
      {children}
    </ConfigProvider>
  );
}
