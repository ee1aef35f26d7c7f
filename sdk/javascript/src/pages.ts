/** A response with one page of a list. */
export interface Listed {
  data: readonly unknown[];
  pagination: { has_more: boolean; next_cursor: string | null };
}

type Item<L extends Listed> = L["data"][number];

/** One page: the response as documented, and how to get further. */
export type Page<L extends Listed> = L & {
  /** The next page, or null if this is the last one. */
  nextPage(): Promise<Page<L> | null>;
};

/** Most items that a page can have. */
const LARGEST = 100;

/**
 * A list. Await it to get one page, or iterate over it to get all items of all pages:
 *
 *     const { sessions, total } = await client.sessions.list({ limit: 10 });
 *     for await (const session of client.sessions.list()) { … }
 */
export class PageRequest<L extends Listed>
  implements PromiseLike<Page<L>>, AsyncIterable<Item<L>>
{
  readonly #fetch: (query: Record<string, unknown>) => Promise<L>;
  readonly #query: Record<string, unknown>;
  readonly #cursor: string;

  constructor(
    fetch: (query: Record<string, unknown>) => Promise<L>,
    query: Record<string, unknown>,
    cursor: string,
  ) {
    this.#fetch = fetch;
    this.#query = query;
    this.#cursor = cursor;
  }

  then<R = Page<L>, E = never>(
    resolved?: ((page: Page<L>) => R | PromiseLike<R>) | null,
    rejected?: ((reason: unknown) => E | PromiseLike<E>) | null,
  ): Promise<R | E> {
    return this.#load(this.#query).then(resolved, rejected);
  }

  catch<E = never>(
    rejected?: ((reason: unknown) => E | PromiseLike<E>) | null,
  ): Promise<Page<L> | E> {
    return this.then(undefined, rejected);
  }

  finally(done?: (() => void) | null): Promise<Page<L>> {
    return this.then().finally(done);
  }

  /** All pages, one after the other. Without a `limit` they have 100 items. */
  async *pages(): AsyncGenerator<Page<L>, void, undefined> {
    let page: Page<L> | null = await this.#load({ limit: LARGEST, ...defined(this.#query) });
    while (page) {
      yield page;
      page = await page.nextPage();
    }
  }

  /** All items of all pages. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item<L>, void, undefined> {
    for await (const page of this.pages()) yield* page.data as Item<L>[];
  }

  /** All items of all pages as an array; with `max`, the first ones. */
  async all(max = Infinity): Promise<Item<L>[]> {
    const items: Item<L>[] = [];
    if (max <= 0) return items;
    for await (const item of this) {
      items.push(item);
      if (items.length >= max) break;
    }
    return items;
  }

  async #load(query: Record<string, unknown>): Promise<Page<L>> {
    const page = await this.#fetch(query);
    const nextPage = async (): Promise<Page<L> | null> => {
      const { has_more, next_cursor } = page.pagination;
      if (!has_more || next_cursor === null || next_cursor === query[this.#cursor]) return null;
      const { offset, ...same } = query;
      return this.#load({ ...same, [this.#cursor]: next_cursor });
    };
    // Not enumerable, so that the page can be copied and written as JSON.
    return Object.defineProperty(page, "nextPage", { value: nextPage }) as Page<L>;
  }
}

function defined(query: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}
