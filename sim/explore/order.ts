/** Orders of members: all there are, each one value, so that what was worked out under one is found again. */

/** Members in an order, and the place of each in it. */
export type Order = {
  readonly number: number;
  readonly order: readonly number[];
  readonly places: readonly number[];
};

/** All orders of so many members. */
export class Orders {
  /** By the members' numbers as digits. */
  private readonly all = new Map<number, Order>();
  /** By an order, and by which of its neighbours look alike: all orders in which only those change places. */
  private readonly alike = new Map<number, readonly Order[]>();

  constructor(members: number) {
    permutations(Array.from({ length: members }, (_, member) => member)).forEach((order, number) => {
      const places: number[] = [];
      order.forEach((member, place) => (places[member] = place));
      this.all.set(codeOf(order), { number, order, places });
    });
  }

  /** Members by their looks; several orders, if some look alike. */
  byLooks(looks: readonly number[]): readonly Order[] {
    const order = this.plain.order.toSorted((one, other) => looks[one]! - looks[other]!);
    let mask = 0;
    for (let place = 1; place < order.length; place++) if (looks[order[place]!] === looks[order[place - 1]!]) mask |= 1 << place;
    const code = codeOf(order) * 256 + mask;
    const known = this.alike.get(code);
    if (known !== undefined) return known;
    const found = ordersOf(order, looks).map((one) => this.all.get(codeOf(one))!);
    this.alike.set(code, found);
    return found;
  }

  /** As they are numbered. */
  get plain(): Order {
    return this.all.values().next().value!;
  }
}

const codeOf = (order: readonly number[]): number => order.reduce((code, member) => code * 8 + member, 0);

/** All orders in which only those change places that look alike. */
function ordersOf(order: readonly number[], looks: readonly number[]): readonly (readonly number[])[] {
  let orders: readonly (readonly number[])[] = [[]];
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && looks[order[to]!] === looks[order[from]!]) to++;
    const alike = permutations(order.slice(from, to));
    orders = orders.flatMap((before) => alike.map((these) => [...before, ...these]));
    from = to;
  }
  return orders;
}

const permutations = (items: readonly number[]): readonly (readonly number[])[] =>
  items.length <= 1 ? [items] : items.flatMap((item, place) => permutations(items.toSpliced(place, 1)).map((rest) => [item, ...rest]));
