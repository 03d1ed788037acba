import type admin from "./zh/admin";
import type calendar from "./zh/calendar";
import type choices from "./zh/choices";
import type comments from "./zh/comments";
import type common from "./zh/common";
import type designer from "./zh/designer";
import type entrances from "./zh/entrances";
import type figures from "./zh/figures";
import type forms from "./zh/forms";
import type formula from "./zh/formula";
import type help from "./zh/help";
import type home from "./zh/home";
import type imports from "./zh/imports";
import type keys from "./zh/keys";
import type model from "./zh/model";
import type parts from "./zh/parts";
import type process from "./zh/process";
import type processes from "./zh/processes";
import type records from "./zh/records";
import type roles from "./zh/roles";
import type session from "./zh/session";
import type studio from "./zh/studio";
import type studioApps from "./zh/studioApps";
import type tasks from "./zh/tasks";
import type tours from "./zh/tours";
import type views from "./zh/views";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    returnNull: false;
    resources: {
      admin: typeof admin;
      calendar: typeof calendar;
      choices: typeof choices;
      comments: typeof comments;
      common: typeof common;
      designer: typeof designer;
      entrances: typeof entrances;
      figures: typeof figures;
      formula: typeof formula;
      forms: typeof forms;
      help: typeof help;
      home: typeof home;
      imports: typeof imports;
      keys: typeof keys;
      model: typeof model;
      parts: typeof parts;
      process: typeof process;
      processes: typeof processes;
      records: typeof records;
      roles: typeof roles;
      session: typeof session;
      studio: typeof studio;
      studioApps: typeof studioApps;
      tasks: typeof tasks;
      tours: typeof tours;
      views: typeof views;
    };
  }
}
