import { Outlet } from "@tanstack/react-router";
import { useLanguage } from "@/i18n/useLanguage";
import { AntdFrame } from "@/ui/AntdFrame";

export function RichFrame() {
  return (
    <AntdFrame language={useLanguage()}>
      <Outlet />
    </AntdFrame>
  );
}
