/** All orders of the members, each as a single object, so that results computed under an order are found again. */

/** An order of the members, and the place of each member in it. */
export type Order = {
  readonly number: number;
  readonly order: readonly number[];
  readonly places: readonly number[];
};

/** All orders of this many members. */
export class Orders {
  /** By the members' numbers as digits. */
  private readonly all = new Map<number, Order>();
  /** Members sorted by their looks; reused by each call. */
  private readonly sorted: number[] = [];
  /** By an order, and by which neighbours in it look alike: all orders that differ only among members that look alike. */
  private readonly alike = new Map<number, readonly Order[]>();

  constructor(members: number) {
    permutations(Array.from({ length: members }, (_, member) => member)).forEach((order, number) => {
      const places: number[] = [];
      order.forEach((member, place) => (places[member] = place));
      this.all.set(codeOf(order), { number, order, places });
    });
  }

  /** Members by their looks; several orders if some look alike. */
  byLooks(looks: readonly number[]): readonly Order[] {
    const order = this.sorted;
    for (let member = 0; member < looks.length; member++) {
      let place = member;
      for (; place > 0 && looks[order[place - 1]!]! > looks[member]!; place--) order[place] = order[place - 1]!;
      order[place] = member;
    }
    let code = 0;
    for (let place = 0; place < looks.length; place++) code = code * 16 + order[place]! * 2 + (place > 0 && looks[order[place]!] === looks[order[place - 1]!] ? 1 : 0);
    const known = this.alike.get(code);
    if (known !== undefined) return known;
    const found = ordersOf(order, looks).map((one) => this.all.get(codeOf(one))!);
    this.alike.set(code, found);
    return found;
  }

  /** In order of their numbers. */
  get plain(): Order {
    return this.all.values().next().value!;
  }
}

const codeOf = (order: readonly number[]): number => order.reduce((code, member) => code * 8 + member, 0);

/** All orders that differ only among members that look alike. */
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
