import type { Formulas } from '../ratios.ts';
import type { subjectNames } from './subjects.ts';

/** The figures of the report. */
export const formulas: Formulas<keyof typeof subjectNames> = {
  'CPU: login through the router / argon2': ({ routerLogin, argon2 }) => routerLogin.cpu / argon2.cpu,
  'CPU: login at auth / argon2': ({ authLogin, argon2 }) => authLogin.cpu / argon2.cpu,
  'CPU: login through the router / (argon2 + bare database)': ({ routerLogin, argon2, bareLogin }) =>
    routerLogin.cpu / (argon2.cpu + bareLogin.cpu),
  'CPU: login at auth / (argon2 + bare database)': ({ authLogin, argon2, bareLogin }) =>
    authLogin.cpu / (argon2.cpu + bareLogin.cpu),
  'CPU: (login through the router - argon2) / bare database': ({ routerLogin, argon2, bareLogin }) =>
    (routerLogin.cpu - argon2.cpu) / bareLogin.cpu,
  'CPU: (login at auth - argon2) / bare database': ({ authLogin, argon2, bareLogin }) =>
    (authLogin.cpu - argon2.cpu) / bareLogin.cpu,
  'CPU: refresh through the router / bare database': ({ routerRefresh, bareRefresh }) =>
    routerRefresh.cpu / bareRefresh.cpu,
  'CPU: refresh at auth / bare database': ({ authRefresh, bareRefresh }) => authRefresh.cpu / bareRefresh.cpu,
  'rate: logins through the router / argon2': ({ routerLogin, argon2 }) => routerLogin.rate / argon2.rate,
  'rate: refreshes through the router / bare database': ({ routerRefresh, bareRefresh }) =>
    routerRefresh.rate / bareRefresh.rate,
};
