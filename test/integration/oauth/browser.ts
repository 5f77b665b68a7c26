/** A browser, as far as a sign-in at a provider takes one: it follows redirects and keeps cookies. */
export class Browser {
  /** By origin, then by name. */
  readonly #cookies = new Map<string, Map<string, string>>();

  setCookie(origin: string, name: string, value: string): void {
    const jar = this.#cookies.get(origin) ?? new Map<string, string>();
    if (value === '') jar.delete(name);
    else jar.set(name, value);
    this.#cookies.set(origin, jar);
  }

  /** Opens a page and follows where it leads, until that is the front end's page. Resolves to the whole URL of it. */
  async openUntil(page: string, url: string): Promise<string> {
    let here = url;
    for (let redirects = 0; redirects < 20; redirects += 1) {
      if (here.startsWith(page)) return here;
      const { origin } = new URL(here);
      const cookies = [...(this.#cookies.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(here, { redirect: 'manual', headers: { cookie: cookies } });
      for (const header of response.headers.getSetCookie()) this.#keep(origin, header);
      const location = response.headers.get('location');
      if (location === null) throw new Error(`${here} answered ${response.status}: ${await response.text()}`);
      here = new URL(location, here).href;
    }
    throw new Error(`${url} leads nowhere`);
  }

  #keep(origin: string, header: string): void {
    const [pair = '', ...attributes] = header.split(';');
    const at = pair.indexOf('=');
    const expires = attributes.map((each) => /^\s*expires=(.*)$/i.exec(each)?.[1]).find((each) => each !== undefined);
    const hasEnded = expires !== undefined && Date.parse(expires) <= Date.now();
    this.setCookie(origin, pair.slice(0, at), hasEnded ? '' : pair.slice(at + 1));
  }
}
